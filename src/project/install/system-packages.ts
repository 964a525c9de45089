/** A library or program of the system, and the packages of Debian and Ubuntu that bring it. */
interface SystemPackage {
  readonly when: RegExp;
  readonly packages: string;
  /** What to do in place of it. */
  readonly instead?: string;
}

const weasyprint = 'libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0';

/**
 * What installers, compilers, `ctypes` and the libraries themselves say where something of the system is missing. The first that
 * fits counts: headers to build with before the libraries to run with.
 */
const known: readonly SystemPackage[] = [
  {
    when: /pg_config|libpq-fe\.h/,
    packages: 'libpq-dev',
    instead: 'take psycopg[binary] (psycopg2-binary), which is not built here',
  },
  {
    when: /valid pkg-config name|mysql_config|mysql\.h\b|mysqlclient\.pc/,
    packages: 'default-libmysqlclient-dev pkg-config',
  },
  { when: /\bgdal-config\b|gdal\.h\b/, packages: 'libgdal-dev gdal-bin' },
  { when: /Could not find the GDAL library|libgdal\.so/i, packages: 'gdal-bin libgdal-dev' },
  { when: /Could not find the GEOS library|libgeos_c\.so/i, packages: 'libgeos-dev' },
  { when: /libproj\.so|proj_api\.h|proj\.h\b/i, packages: 'libproj-dev proj-bin' },
  { when: /SpatiaLite|mod_spatialite/i, packages: 'libsqlite3-mod-spatialite' },
  { when: /failed to find libmagic|libmagic\.so|magic\.h\b/i, packages: 'libmagic1' },
  {
    when: /libgobject-2|libpango|WeasyPrint could not import some external libraries|libharfbuzz|libfontconfig/i,
    packages: weasyprint,
  },
  { when: /cairo\.h\b|Dependency "cairo" not found|No package 'cairo' found/, packages: 'libcairo2-dev pkg-config' },
  { when: /no library called "?'?(?:lib)?cairo|libcairo\.so/i, packages: 'libcairo2' },
  {
    when: /No wkhtmltopdf executable|wkhtmltopdf: (?:command )?not found|wkhtmltopdf.*No such file/i,
    packages: 'wkhtmltopdf',
  },
  {
    when: /libxml\/\w+\.h|libxslt\/\w+\.h|xml2-config|xslt-config|libxml2 and libxslt development/i,
    packages: 'libxml2-dev libxslt1-dev',
  },
  {
    when: /libxmlsec1|xmlsec1?\.h\b|xmlsec1 .*not found|Unable to find xmlsec1/i,
    packages: 'libxmlsec1-dev libxmlsec1-openssl xmlsec1 pkg-config',
  },
  { when: /libxml2\.so/i, packages: 'libxml2' },
  { when: /libxslt\.so|libexslt\.so/i, packages: 'libxslt1.1' },
  { when: /lber\.h|ldap\.h|libldap|sasl\.h/i, packages: 'libldap2-dev libsasl2-dev' },
  { when: /krb5-config|gssapi\.h|gssapi\/\w+\.h/i, packages: 'libkrb5-dev' },
  { when: /sqlfront\.h|sybdb\.h/, packages: 'freetds-dev' },
  { when: /libodbc\.so|sql\.h\b|sqlext\.h\b/, packages: 'unixodbc-dev' },
  { when: /libpq\.so/i, packages: 'libpq5' },
  { when: /libmysqlclient\.so|libmariadb\.so/i, packages: 'default-libmysqlclient-dev' },
  { when: /ffi\.h\b|libffi\.so/i, packages: 'libffi-dev' },
  { when: /openssl\/\w+\.h/i, packages: 'libssl-dev' },
  { when: /jpeglib\.h|headers or library files could not be found for jpeg/i, packages: 'libjpeg-dev' },
  { when: /headers or library files could not be found for zlib|zlib\.h\b/i, packages: 'zlib1g-dev' },
  { when: /libGL\.so/, packages: 'libgl1', instead: 'take opencv-python-headless in place of opencv-python' },
  { when: /libgthread-2|libglib-2/i, packages: 'libglib2.0-0' },
  { when: /libgomp\.so/i, packages: 'libgomp1' },
  { when: /libsndfile/i, packages: 'libsndfile1' },
  { when: /libvips/i, packages: 'libvips42' },
  { when: /MagickWand shared library not found|libMagickWand/i, packages: 'libmagickwand-dev' },
  { when: /libzbar|zbar shared library/i, packages: 'libzbar0' },
  { when: /libenchant|enchant.*C library was not found/i, packages: 'libenchant-2-2' },
  { when: /snappy-c\.h|libsnappy/i, packages: 'libsnappy-dev' },
  { when: /libmemcached\/\w+\.h|libmemcached/i, packages: 'libmemcached-dev' },
  { when: /portaudio\.h/i, packages: 'portaudio19-dev' },
  { when: /Can't find (?:msgfmt|xgettext|msguniq|msgmerge)|msgfmt: (?:command )?not found/, packages: 'gettext' },
  { when: /tesseract is not installed/i, packages: 'tesseract-ocr' },
  { when: /Unable to get page count\. Is poppler installed|pdftoppm/i, packages: 'poppler-utils' },
  { when: /(?:ffmpeg|ffprobe)(?:: (?:command )?not found|.*No such file)/i, packages: 'ffmpeg' },
  { when: /Python\.h: No such file/, packages: 'python3-dev' },
  {
    when: /command '\S*(?:gcc|cc|g\+\+|clang)' failed: No such file|error: linker `cc` not found/,
    packages: 'build-essential',
  },
];

/** What the dynamic linker says of a library that nothing above knows. */
const unknownLibrary = /\b(lib[\w.+-]+\.so(?:\.\d+)*): cannot open shared object file/;

const inStep = (packages: string): string =>
  `Add a step before this one: "run: sudo apt-get update && sudo apt-get install --yes ${packages}"`;

/** What to type where something of the system is missing; undefined where the text says nothing of that. */
export function adviseSystemPackage(text: string): string | undefined {
  const found = known.find(({ when }) => when.test(text));
  if (found) {
    const or = found.instead ? `; or ${found.instead}` : '';
    return `A library or program of the system is missing. ${inStep(found.packages)}${or}. The host needs it, too.`;
  }
  const library = unknownLibrary.exec(text)?.[1];
  if (!library) return undefined;
  return `The system has no ${library}. Find its package with "apt-file search ${library}". ${inStep('<package>')}. The host needs it, too.`;
}

/** The same for a header that a compiler looked for and that nothing above knows. */
export const adviseHeader = (header: string): string =>
  `A package is built here, and the header ${header} is missing. Find its package with "apt-file search ${header}". ${inStep('<package>')}`;
