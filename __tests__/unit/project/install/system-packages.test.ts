import { describe, expect, test } from '@jest/globals';
import { adviseSystemPackage } from '../../../../src/project/install/system-packages.ts';

describe('a library of the system that is missing is named with its package', () => {
  test.each([
    ['GeoDjango', 'Could not find the GDAL library (tried "gdal", "GDAL")', 'gdal-bin libgdal-dev'],
    ['python-magic', 'failed to find libmagic.  Check your installation', 'libmagic1'],
    ['WeasyPrint', "cannot load library 'libgobject-2.0-0': error 0x7e", 'libpango-1.0-0'],
    ['WeasyPrint, newer', "cannot load library 'libpango-1.0-0'", 'libpangoft2-1.0-0'],
    ['psycopg2', 'Error: pg_config executable not found.', 'libpq-dev'],
    ['mysqlclient', '/bin/sh: 1: mysql_config: not found', 'default-libmysqlclient-dev pkg-config'],
    [
      'lxml',
      'Error: Please make sure the libxml2 and libxslt development packages are installed.',
      'libxml2-dev libxslt1-dev',
    ],
    ['cairosvg', 'no library called "cairo-2" was found', 'libcairo2'],
    ['pycairo', 'Dependency "cairo" not found, tried pkgconfig', 'libcairo2-dev'],
    ['pdfkit', 'OSError: No wkhtmltopdf executable found: "b\'\'"', 'wkhtmltopdf'],
    ['OpenCV', 'libGL.so.1: cannot open shared object file: No such file or directory', 'libgl1'],
    ['spatialite', 'Unable to load the SpatiaLite library extension', 'libsqlite3-mod-spatialite'],
    ['xmlsec', 'xmlsec1 >= 1.2.18 not found', 'libxmlsec1-dev'],
    ['compilemessages', "CommandError: Can't find msgfmt. Make sure you have GNU gettext tools", 'gettext'],
    ['python-ldap', 'Modules/common.h:15:10: fatal error: lber.h: No such file or directory', 'libldap2-dev'],
    ['no compiler', "error: command 'gcc' failed: No such file or directory", 'build-essential'],
  ])('for %s', (_what, text, packages) => {
    expect(adviseSystemPackage(text)).toMatch(new RegExp(`apt-get install --yes .*${packages}`));
  });

  test('and where nothing knows it, with the way to find the package', () => {
    expect(adviseSystemPackage('libodd.so.3: cannot open shared object file')).toContain('apt-file search libodd.so.3');
    expect(adviseSystemPackage("No module named 'shop'")).toBeUndefined();
  });
});
