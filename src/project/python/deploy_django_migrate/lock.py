"""One `migrate` at a time: a lock of the server, on a connection of its own that says who holds it, until it is closed."""

import hashlib
import threading
import time

# Of the first eight letters of "deploy-django": one lock for each database, whoever deploys to it.
POSTGRES_KEY = int.from_bytes(b"deploy-d", "big")
POLL = 1.0
# Seconds between two signs of life. Firewalls forget connections on which nothing moves.
ALIVE = 2.0


class Taken(Exception):
    """The lock was held by another for the whole time."""


def postgres_take(cursor, label):
    """In a transaction, which keeps the lock also behind a pooler that gives a server's connection away after each."""
    cursor.execute("SELECT set_config('application_name', %s, true)", [label])
    cursor.execute("SELECT set_config('idle_in_transaction_session_timeout', '0', true)")
    cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [POSTGRES_KEY])
    return bool(cursor.fetchone()[0])


def postgres_holder(cursor):
    cursor.execute(
        "SELECT a.application_name, extract(epoch FROM now() - a.xact_start) FROM pg_locks l JOIN pg_stat_activity a"
        " ON a.pid = l.pid WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1 AND l.classid::bigint = %s"
        " AND l.objid::bigint = %s AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())",
        [POSTGRES_KEY >> 32, POSTGRES_KEY & 0xFFFFFFFF],
    )
    row = cursor.fetchone()
    return (row[0], int(row[1])) if row and row[0] else None


def mysql_name(connection):
    """Locks of MySQL are the whole server's, and their names have at most 64 characters."""
    digest = hashlib.sha256(str(connection.settings_dict["NAME"]).encode()).hexdigest()[:40]
    return "deploy-django:" + digest


def mysql_take(cursor, name):
    cursor.execute("SELECT GET_LOCK(%s, 0)", [name])
    return cursor.fetchone()[0] == 1


def mysql_holder(cursor, name):
    """What the holder's connection does just then: it waits in statements whose comment says who it is."""
    cursor.execute(
        "SELECT info, user, host FROM information_schema.processlist WHERE id = IS_USED_LOCK(%s)",
        [name],
    )
    row = cursor.fetchone()
    if not row:
        return None
    text = (row[0].decode() if isinstance(row[0], bytes) else row[0]) or ""
    label = text.partition("/* ")[2].partition(" */")[0]
    return (label or "%s from %s" % (row[1], row[2]), None)


class Lock:
    """Taken and held by a thread of its own, so that it lives as long as whatever the main thread does."""

    def __init__(self, connection, label, wait):
        from django.db import connections

        self.connection = connections.create_connection(connection.alias)
        self.connection.inc_thread_sharing()
        self.label = "".join(letter for letter in label if letter.isalnum() or letter in " ./_#:-")
        self.deadline = time.monotonic() + wait
        self.wait = wait
        self.ended = threading.Event()
        self.settled = threading.Event()
        self.error = None
        self.lost = None
        self.waited_for = None
        self.thread = threading.Thread(target=self.hold, daemon=True)

    def __enter__(self):
        self.thread.start()
        self.settled.wait()
        if self.error is not None:
            self.thread.join()
            raise self.error
        return self

    def __exit__(self, kind, error, trace):
        self.ended.set()
        self.thread.join(30)
        return False

    def hold(self):
        try:
            self.take()
        except Exception as error:
            self.error = error
        if self.error is None:
            self.settled.set()
            try:
                self.keep()
            except Exception as error:
                self.lost = str(error)
        try:
            self.connection.close()
        except Exception:
            pass
        # The connection is closed by then: who waits for the error may end the process.
        self.settled.set()

    def take(self):
        postgres = self.connection.vendor == "postgresql"
        name = None if postgres else mysql_name(self.connection)
        told = 0.0
        while True:
            if postgres:
                self.connection.set_autocommit(False)
            with self.connection.cursor() as cursor:
                if postgres_take(cursor, self.label[:63]) if postgres else mysql_take(cursor, name):
                    return
                holder = postgres_holder(cursor) if postgres else mysql_holder(cursor, name)
            if postgres:
                self.connection.rollback()
            if holder is not None:
                self.waited_for = holder[0]
            now = time.monotonic()
            if now >= self.deadline:
                raise Taken(self.waited_for or "another connection")
            if now >= told and (holder is not None or told):
                told = now + 15
                since = " since %d s" % holder[1] if holder and holder[1] is not None else ""
                print("Waiting: %s migrates this database%s." % (self.waited_for, since), flush=True)
            time.sleep(min(POLL, max(0.05, self.deadline - now)))

    def keep(self):
        postgres = self.connection.vendor == "postgresql"
        statement = "SELECT 1" if postgres else "DO SLEEP(%d) /* %s */" % (ALIVE, self.label)
        while not self.ended.is_set():
            with self.connection.cursor() as cursor:
                cursor.execute(statement)
            self.ended.wait(ALIVE if postgres else 0)
