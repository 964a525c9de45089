"""The database that DATABASE_URL names, and the entries of DATABASES that lead to it."""

import sys
from urllib.parse import parse_qsl, unquote, urlsplit

BACKENDS = {
    "postgres": "django.db.backends.postgresql",
    "postgresql": "django.db.backends.postgresql",
    "psql": "django.db.backends.postgresql",
    "pgsql": "django.db.backends.postgresql",
    "postgis": "django.contrib.gis.db.backends.postgis",
    "timescale": "timescale.db.backends.postgresql",
    "timescalegis": "timescale.db.backends.postgis",
    "mysql": "django.db.backends.mysql",
    "mysql2": "django.db.backends.mysql",
    "mariadb": "django.db.backends.mysql",
    "mysqlgis": "django.contrib.gis.db.backends.mysql",
}
PORTS = {"postgresql": "5432", "mysql": "3306"}
# Seconds. A firewall that drops what it does not let in would hold the run for minutes.
CONNECT_TIMEOUT = 15


def family_of(engine):
    """"postgresql", "mysql", "sqlite" or "other": packages have engines of their own names."""
    name = (engine or "").lower()
    for word, family in (("postg", "postgresql"), ("psql", "postgresql"), ("mysql", "mysql"), ("maria", "mysql")):
        if word in name:
            return family
    return "sqlite" if "sqlite" in name or "spatialite" in name else "other"


def mysql_options(query):
    """TLS of a URL in the words of MySQL's programs, as what mysqlclient and PyMySQL take."""
    files = {"ssl-ca": "ca", "ssl-cert": "cert", "ssl-key": "key", "ssl-capath": "capath", "ssl-cipher": "cipher"}
    options, tls, mode = {}, {}, None
    for name, value in query:
        plain = name.replace("_", "-").lower()
        if plain in files:
            tls[files[plain]] = value
        elif plain in ("ssl-mode", "sslmode"):
            mode = value.upper().replace("-", "_")
        elif plain == "ssl":
            mode = "REQUIRED" if value.lower() in ("true", "1", "require", "required") else mode
        else:
            options[name.replace("-", "_")] = int(value) if value.isdigit() else value
    mode = {"DISABLE": "DISABLED", "PREFER": "PREFERRED", "REQUIRE": "REQUIRED", "VERIFY_FULL": "VERIFY_IDENTITY"}.get(mode, mode)
    if tls:
        options["ssl"] = tls
    return options, mode


def demands_tls(query):
    modes = [value.upper().replace("-", "_") for name, value in query if name.lower().replace("_", "-") in ("ssl-mode", "sslmode")]
    return bool(modes) and modes[-1] in ("REQUIRE", "REQUIRED", "VERIFY_CA", "VERIFY_FULL", "VERIFY_IDENTITY")


class Target:
    """@param url: undefined where the settings alone say which database it is."""

    def __init__(self, url):
        self.url = url
        # Aliases whose settings lead to the URL's database; the first is the one that a lock is taken in.
        self.aliases = []
        # The settings do not read DATABASE_URL, and this alias was pointed to it.
        self.pointed = None
        self.others = []
        # The URL takes no connection in plain text for an answer.
        self.tls = False
        if url:
            parts = urlsplit(url)
            query = parse_qsl(parts.query, keep_blank_values=True)
            self.engine = BACKENDS.get(parts.scheme.lower().split("+")[0])
            self.family = family_of(self.engine)
            named = dict(query)
            self.connection = {
                "NAME": unquote(parts.path.lstrip("/")) or named.get("dbname", ""),
                "USER": unquote(parts.username or "") or named.get("user", ""),
                "PASSWORD": unquote(parts.password or ""),
                "HOST": unquote(parts.hostname or "") or named.get("host", ""),
                "PORT": str(parts.port or named.get("port", "")),
            }
            self.tls = demands_tls(query)
            self.query = [pair for pair in query if pair[0] not in ("host", "port", "user", "dbname")]

    def install(self):
        """Points the settings to the URL where they do not lead there, as soon as they are read."""
        from django.conf import Settings

        make = Settings.__init__

        def init(settings, module):
            make(settings, module)
            self.point(settings)

        Settings.__init__ = init

    def point(self, settings):
        databases = settings.DATABASES
        if not self.url or not self.engine:
            self.aliases = ["default"]
        else:
            leading = [alias for alias in sorted(databases, key=lambda one: one != "default") if self.leads(databases[alias])]
            if not leading:
                filled = [alias for alias, entry in databases.items() if (entry or {}).get("ENGINE")]
                alias = filled[0] if len(filled) == 1 else "default"
                databases[alias] = self.entry(databases.get(alias) or {})
                self.pointed = alias
                leading = [alias]
            self.aliases = leading
        for alias in self.aliases:
            limit_wait(databases.get(alias) or {})
        self.others = [
            alias
            for alias, entry in databases.items()
            if alias not in self.aliases and family_of((entry or {}).get("ENGINE")) != "sqlite" and (entry or {}).get("ENGINE")
        ]

    def leads(self, entry):
        def place(one):
            host = str(one.get("HOST") or "").lower()
            return (str(one.get("NAME") or ""), host, str(one.get("PORT") or "") or PORTS.get(self.family, ""))

        return bool(entry) and family_of(entry.get("ENGINE")) == self.family and place(entry) == place(self.connection)

    def entry(self, before):
        same = family_of(before.get("ENGINE")) == self.family
        kept = dict(before) if same else {key: before[key] for key in ("ATOMIC_REQUESTS", "TIME_ZONE") if key in before}
        options = dict(kept.get("OPTIONS") or {})
        for name in ("service", "passfile", "read_default_file", "unix_socket"):
            options.pop(name, None)
        if self.family == "mysql":
            given, mode = mysql_options(self.query)
            options.update(given)
            if mode and mode not in ("PREFERRED",):
                options.update(mysql_mode(mode, options))
        else:
            options.update(self.query)
        return {**kept, "ENGINE": kept.get("ENGINE") or self.engine, **self.connection, "OPTIONS": options}


def mysql_mode(mode, options):
    """PyMySQL has no modes: it has a context, or a dict of files."""
    if not hasattr(sys.modules.get("MySQLdb"), "install_as_MySQLdb"):
        return {"ssl_mode": mode}
    if mode == "DISABLED":
        return {"ssl_disabled": True}
    files = dict(options.get("ssl") or {})
    files.setdefault("check_hostname", mode == "VERIFY_IDENTITY")
    files.setdefault("verify_mode", "required" if mode.startswith("VERIFY") else "none")
    return {"ssl": files}


def limit_wait(entry):
    """The time for a connection, where the settings say nothing of it."""
    family = family_of(entry.get("ENGINE"))
    name = "connection_timeout" if "mysql.connector" in (entry.get("ENGINE") or "") else "connect_timeout"
    if family in PORTS and entry:
        entry.setdefault("OPTIONS", {})
        if isinstance(entry["OPTIONS"], dict):
            entry["OPTIONS"].setdefault(name, CONNECT_TIMEOUT)
