"""Databases of a PostgreSQL, with psycopg or psycopg2."""

import time

# Parameters of a URL that are libpq's; drivers refuse those of others, such as conn_max_age of dj-database-url.
PARAMETERS = {
    "channel_binding",
    "gssencmode",
    "hostaddr",
    "krbsrvname",
    "options",
    "passfile",
    "service",
    "sslcert",
    "sslcrl",
    "sslkey",
    "sslmode",
    "sslnegotiation",
    "sslpassword",
    "sslrootcert",
    "target_session_attrs",
}
TIMEOUT = 15
# CREATE DATABASE copies template1, which nobody else may look at meanwhile; sessions take a moment to end.
BUSY = "55006"
TRIES = 10
# Found before it is made, or while two are made at once.
DUPLICATE = ("42P04", "23505")
# The first version with DROP DATABASE … WITH (FORCE).
FORCE = 130000


def driver():
    try:
        import psycopg

        return psycopg
    except ImportError:
        pass
    try:
        import psycopg2

        return psycopg2
    except ImportError:
        return None


def code_of(error):
    return getattr(error, "sqlstate", None) or getattr(error, "pgcode", None)


def failure(error):
    return {"code": code_of(error), "message": str(error).strip()}


class Server:
    def __init__(self, library, request):
        given = request["connection"]
        parameters = {name: value for name, value in given["options"].items() if name in PARAMETERS}
        for name, key in (("host", "host"), ("port", "port"), ("user", "user"), ("password", "password")):
            if given[key]:
                parameters[name] = given[key]
        self.error = library.Error
        self.connection = library.connect(
            dbname=given["name"] or "postgres",
            connect_timeout=TIMEOUT,
            application_name="deploy-django",
            **parameters,
        )
        # CREATE DATABASE and DROP DATABASE stand in no transaction.
        self.connection.autocommit = True

    def close(self):
        self.connection.close()

    def product(self):
        return "PostgreSQL"

    def run(self, statement, *values):
        with self.connection.cursor() as cursor:
            cursor.execute(statement, values or None)
            return cursor.fetchall() if cursor.description else []

    def version(self):
        info = getattr(self.connection, "info", self.connection)
        return info.server_version

    def rights(self):
        found = self.run("SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user")
        return {"may_create": bool(found and found[0][0]), "grants": []}

    def exists(self, name):
        return self.run("SELECT 1 FROM pg_database WHERE datname = %s", name) != []

    def mark(self, name):
        found = self.run("SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s", name)
        return found[0][0] if found else None

    def marks(self, start):
        return [
            list(row)
            for row in self.run(
                "SELECT datname, shobj_description(oid, 'pg_database') FROM pg_database"
                " WHERE left(shobj_description(oid, 'pg_database'), length(%s)) = %s",
                start,
                start,
            )
        ]

    def patiently(self, statement):
        for left in reversed(range(TRIES)):
            try:
                return self.run(statement)
            except self.error as error:
                if code_of(error) != BUSY or left == 0:
                    raise
                time.sleep(0.5)

    def create(self, name):
        """Encoding and collation are the server's. False if somebody else was faster."""
        try:
            self.patiently('CREATE DATABASE "%s"' % name)
            return True
        except self.error as error:
            if code_of(error) not in DUPLICATE:
                raise
            return False

    def set_mark(self, name, mark):
        # A statement that defines something takes no values, so the server makes the text of it.
        ((statement,),) = self.run("SELECT format('COMMENT ON DATABASE %%I IS %%L', %s::text, %s::text)", name, mark)
        self.run(statement)

    def drop(self, name):
        if self.version() >= FORCE:
            self.run('DROP DATABASE IF EXISTS "%s" WITH (FORCE)' % name)
        else:
            self.drop_unforced(name)

    def drop_unforced(self, name):
        """As WITH (FORCE) does it: nobody comes in any more, and whoever is there is sent away."""
        self.run('ALTER DATABASE "%s" WITH ALLOW_CONNECTIONS false' % name)
        try:
            self.run(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s AND pid <> pg_backend_pid()",
                name,
            )
            self.patiently('DROP DATABASE IF EXISTS "%s"' % name)
        except self.error:
            self.run('ALTER DATABASE "%s" WITH ALLOW_CONNECTIONS true' % name)
            raise
