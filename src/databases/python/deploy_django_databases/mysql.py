"""Databases of a MySQL or MariaDB, with mysqlclient or PyMySQL."""

# There is no comment on a database in MySQL, so the mark is that of a table in it.
TABLE = "deploy_django"
TIMEOUT = 15
# Seconds that DROP DATABASE waits for others; the standard is a day, or a year.
LOCK_WAIT = 60
EXISTS = 1007
# https://dev.mysql.com/doc/refman/8.4/en/connection-options.html#option_general_ssl-mode
MODES = ("DISABLED", "PREFERRED", "REQUIRED", "VERIFY_CA", "VERIFY_IDENTITY")


def driver():
    try:
        import MySQLdb

        return MySQLdb
    except ImportError:
        pass
    try:
        import pymysql

        return pymysql
    except ImportError:
        return None


def failure(error):
    code = error.args[0] if error.args and isinstance(error.args[0], int) else None
    return {"code": None if code is None else str(code), "message": str(error.args[-1]) if error.args else str(error)}


def option(options, name):
    """The value of an option, which URLs write as ssl-ca, ssl_ca or sslca."""
    for key, value in options.items():
        if key.lower().replace("-", "").replace("_", "") == name:
            return value
    return None


def tls(library, options):
    """What the driver is told of TLS, out of the options of the URL."""
    files = {key: option(options, "ssl" + key) for key in ("ca", "cert", "key")}
    files = {key: value for key, value in files.items() if value}
    mode = (option(options, "sslmode") or "").upper().replace("-", "_")
    if mode not in MODES:
        mode = "VERIFY_CA" if "ca" in files else ""
    if library.__name__ == "pymysql":
        if mode == "DISABLED":
            return {"ssl_disabled": True}
        if mode in ("", "PREFERRED") and not files:
            return {}
        return {"ssl": {**files, "check_hostname": mode == "VERIFY_IDENTITY", "verify_mode": mode.startswith("VERIFY")}}
    given = {"ssl": files} if files else {}
    return {**given, "ssl_mode": mode} if mode else given


class Server:
    def __init__(self, library, request):
        given = request["connection"]
        address = {"unix_socket": given["host"]} if given["host"].startswith("/") else {"host": given["host"] or "localhost"}
        if given["port"]:
            address["port"] = given["port"]
        self.error = library.Error
        self.connection = library.connect(
            user=given["user"],
            password=given["password"],
            charset="utf8mb4",
            connect_timeout=TIMEOUT,
            autocommit=True,
            **address,
            **tls(library, given["options"]),
        )

    def close(self):
        self.connection.close()

    def product(self):
        """A proxy may greet with a version of its own, so the server is asked."""
        return "MariaDB" if "mariadb" in str(self.run("SELECT VERSION()")[0][0]).lower() else "MySQL"

    def run(self, statement, *values):
        with self.connection.cursor() as cursor:
            cursor.execute(statement, values or None)
            return list(cursor.fetchall()) if cursor.description else []

    def rights(self):
        grants = [str(row[0]) for row in self.run("SHOW GRANTS")]
        return {"may_create": None, "grants": grants}

    def exists(self, name):
        return self.run("SELECT 1 FROM information_schema.schemata WHERE schema_name = %s", name) != []

    def mark(self, name):
        found = self.run(
            "SELECT table_comment FROM information_schema.tables WHERE table_schema = %s AND table_name = %s", name, TABLE
        )
        return found[0][0] if found else None

    def marks(self, start):
        found = self.run(
            "SELECT table_schema, table_comment FROM information_schema.tables WHERE table_name = %s", TABLE
        )
        return [[name, mark] for name, mark in found if mark.startswith(start)]

    def create(self, name):
        """Collation is the server's for that character set. False if somebody else was faster."""
        try:
            self.run("CREATE DATABASE `%s` CHARACTER SET utf8mb4" % name)
            return True
        except self.error as error:
            if error.args[0] != EXISTS:
                raise
            return False

    def set_mark(self, name, mark):
        # Some servers refuse tables without a primary key (sql_require_primary_key).
        columns = "id INT NOT NULL PRIMARY KEY"
        self.run("CREATE TABLE IF NOT EXISTS `%s`.`%s` (%s) COMMENT = %%s" % (name, TABLE, columns), mark)
        self.run("ALTER TABLE `%s`.`%s` COMMENT = %%s" % (name, TABLE), mark)

    def drop(self, name):
        """A session that is in a transaction would keep the tables, so those of this user are ended."""
        for (session,) in self.run("SELECT id FROM information_schema.processlist WHERE db = %s", name):
            try:
                self.run("KILL %d" % session)
            except self.error:
                # It has ended by itself, or is another user's.
                continue
        self.run("SET SESSION lock_wait_timeout = %s", LOCK_WAIT)
        self.run("DROP DATABASE IF EXISTS `%s`" % name)
