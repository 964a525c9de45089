"""The server of a database: whether it lets in, what it is, how far away, and whether it can be written to."""

import contextlib
import signal
import socket
import time

from deploy_django_steps.missing import chain

ROUNDS = 5


def driver_code(error):
    """SQLSTATE (PostgreSQL) or error number (MySQL) of the driver's own exception; None where it has none."""
    for one in chain(error):
        state = getattr(one, "sqlstate", None) or getattr(one, "pgcode", None)
        if state:
            return str(state)
        if one.args and isinstance(one.args[0], int):
            return str(one.args[0])
    return None


def how_unreachable(settings):
    """What a plain connection meets: libmariadb says the same of a port that refuses and of one that is silent."""
    try:
        address = (str(settings.get("HOST") or "127.0.0.1"), int(settings.get("PORT") or 3306))
        socket.create_connection(address, timeout=5).close()
        return None
    except (OSError, ValueError) as error:
        return str(error)


def failure(connection, error):
    """What the server, or the driver in its place, said; the address without the password."""
    settings = connection.settings_dict
    said = [str(one) for one in chain(error) if str(one)]
    message = max(said, key=len) if said else type(error).__name__
    if connection.vendor == "mysql" and "(115)" in message:
        message = "%s: %s" % (message, how_unreachable(settings) or "timed out")
    return {
        "type": type(error).__name__,
        "message": message,
        "code": driver_code(error),
        "vendor": connection.vendor,
        "host": str(settings.get("HOST") or ""),
        "port": str(settings.get("PORT") or ""),
        "name": str(settings.get("NAME") or ""),
        "user": str(settings.get("USER") or ""),
    }


@contextlib.contextmanager
def limited(seconds):
    """PyMySQL waits without end for the first word of a server that has taken the connection; a signal ends that."""
    if not hasattr(signal, "SIGALRM"):
        yield
        return

    def end(number, frame):
        raise TimeoutError("timed out")

    before = signal.signal(signal.SIGALRM, end)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def connect(connection):
    """Each address of a server has the time that its settings give; there may be some."""
    options = connection.settings_dict.get("OPTIONS") or {}
    given = options.get("connect_timeout") or options.get("connection_timeout")
    with limited(4 * float(given) if str(given).isdigit() else 120):
        connection.ensure_connection()


def ask(connection, sql, parameters=None):
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchone()


def try_ask(connection, sql, parameters=None):
    """None where the server does not know what it is asked, or does not tell."""
    try:
        return ask(connection, sql, parameters)
    except Exception:
        if not connection.in_atomic_block and connection.connection is not None and not connection.is_usable():
            connection.close()
        return None


def round_trip(connection):
    """Milliseconds of the fastest of some `SELECT 1`: the others waited for something else, too."""
    times = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        ask(connection, "SELECT 1")
        times.append(time.perf_counter() - began)
    return min(times) * 1000


def postgres_facts(connection):
    recovery = try_ask(connection, "SELECT pg_is_in_recovery(), current_setting('default_transaction_read_only')")
    schema = try_ask(connection, "SELECT current_schema(), has_schema_privilege(current_schema(), 'CREATE')")
    reason = None
    if recovery and recovery[0]:
        reason = "it is a standby, which only follows another server"
    elif recovery and recovery[1] == "on":
        reason = "its setting default_transaction_read_only is on"
    return {"read_only": reason, "schema": schema[0] if schema else None, "may_create": bool(schema[1]) if schema else None}


def mysql_facts(connection):
    innodb = try_ask(connection, "SELECT @@global.innodb_read_only")
    general = try_ask(connection, "SELECT @@global.read_only")
    reason = None
    if innodb and str(innodb[0]) == "1":
        reason = "its setting innodb_read_only is on, as in a replica"
    elif general and str(general[0]) not in ("0", "OFF") and not may_write_anyway(connection):
        reason = "its setting read_only is on, as in a replica"
    return {"read_only": reason, "schema": None, "may_create": None}


def check_tls(connection):
    """mysqlclient over libmariadb goes on in plain text where the server has no TLS, also with ssl_mode REQUIRED."""
    from django.db import OperationalError

    cipher = try_ask(connection, "SHOW SESSION STATUS LIKE 'Ssl_cipher'")
    if cipher is not None and not cipher[1]:
        raise OperationalError("SSL is required, but the server does not support it: the connection is not encrypted")


def may_write_anyway(connection):
    try:
        with connection.cursor() as cursor:
            cursor.execute("SHOW GRANTS")
            grants = " ".join(str(row[0]) for row in cursor.fetchall()).upper()
    except Exception:
        return False
    everywhere = [line for line in grants.split("GRANT ") if " ON *.* " in line]
    words = ("ALL PRIVILEGES", "SUPER", "CONNECTION_ADMIN", "READ_ONLY ADMIN", "READ ONLY ADMIN")
    return any(word in line for line in everywhere for word in words)


def version_of(connection):
    if connection.vendor == "postgresql":
        return ["PostgreSQL", connection.pg_version // 10000, connection.pg_version % 10000]
    if connection.vendor == "mysql":
        major, minor = connection.mysql_version[:2]
        return ["MariaDB" if connection.mysql_is_mariadb else "MySQL", major, minor]
    return [connection.display_name, 0, 0]


def server_facts(connection):
    facts = {"postgresql": postgres_facts, "mysql": mysql_facts}.get(connection.vendor)
    product, major, minor = version_of(connection)
    return {
        "vendor": connection.vendor,
        "product": product,
        "major": major,
        "minor": minor,
        "round_trip": round_trip(connection),
        "transactional_ddl": bool(connection.features.can_rollback_ddl),
        **(facts(connection) if facts else {"read_only": None, "schema": None, "may_create": None}),
    }


def table_size(connection, table):
    """{"rows", "bytes"} of a table as the server estimates them; None where it does not tell."""
    if connection.vendor == "postgresql":
        found = try_ask(
            connection,
            "SELECT reltuples::bigint, pg_table_size(oid) FROM pg_class WHERE oid = to_regclass(%s)",
            [connection.ops.quote_name(table)],
        )
    elif connection.vendor == "mysql":
        found = try_ask(
            connection,
            "SELECT table_rows, data_length FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = %s",
            [table],
        )
    else:
        found = None
    if not found or found[1] is None:
        return None
    rows = found[0]
    return {"rows": int(rows) if rows is not None and rows >= 0 else None, "bytes": int(found[1])}
