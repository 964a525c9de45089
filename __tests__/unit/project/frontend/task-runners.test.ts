import { describe, expect, test } from '@jest/globals';
import { gruntTasks, gulpTasks } from '../../../../src/project/frontend/task-names.ts';
import { isTaskFile, programFor } from '../../../../src/project/frontend/task-runners.ts';

/** What is run in a folder with these files. */
function program(files: Record<string, string>) {
  const taskFiles = Object.entries(files).map(([name, text]) => ({ name, text }));
  const names = Object.keys(files);
  return programFor({
    folder: '.',
    scripts: {},
    usual: true,
    files: names,
    taskFiles: taskFiles.filter(({ name }) => isTaskFile(name)),
    configs: [],
  });
}

describe('a task of gulp is', () => {
  test.each([
    'exports.build = series(css, js);',
    'module.exports.build = css;',
    "exports['build'] = css;",
    'export const build = gulp.series(css);',
    'export async function build() {}',
    'export { css, js as build };',
    'const paths = { dist: "x" };\nmodule.exports = {\n  css: series(css, { dist: 1 }),\n  build,\n};',
    'module.exports = { async build() { return css(); }, css };',
    "gulp.task('build', ['css']);",
    "gulp.task 'build', ['css']",
  ])('what it finds by its name: %s', (text) => {
    expect(program({ 'gulpfile.js': text })).toBe('gulp build');
  });

  test.each([
    "const paths = { build: 'static/build', dist: 'dist' };",
    'module.exports = { css: series({ build: true, dist }), watch };\nconst more = { build, dist };',
    'const build = () => {};\nfunction dist() {}',
    '// exports.build = css;\n/* gulp.task("dist") */\nexports.css = css;',
    'if (exports.build == css) run();',
    'export { build as css };',
  ])('nothing else: %s', (text) => {
    expect(program({ 'gulpfile.js': text })).toBe('gulp');
  });

  test('also behind a string that looks like a comment', () => {
    expect(
      gulpTasks('const all = "src/**/*.js", url = \'http://x\'; exports.dist = css; // */\nexports.css = css;'),
    ).toEqual(['dist', 'css']);
  });
});

describe('a task of grunt is', () => {
  test('what is registered', () => {
    expect(gruntTasks('grunt.registerTask("prod", ["sass"]);\ngrunt.registerTask \'css\', []')).toEqual([
      'prod',
      'css',
    ]);
  });

  test.each(['grunt.initConfig({ sass: { dist: {}, build: {} }, dist: {} });', '// grunt.registerTask("build")'])(
    'nothing else: %s',
    (text) => {
      expect(program({ 'Gruntfile.js': text })).toBe('grunt');
    },
  );
});

describe('the file of a program is known by each name under which that finds it:', () => {
  test.each([
    ['gulpfile.babel.js', 'gulp dist'],
    ['gulpfile.esm.js', 'gulp dist'],
    ['Gulpfile.js', 'gulp dist'],
    ['gulpfile.mts', 'gulp dist'],
  ])('%s', (name, told) => {
    expect(program({ [name]: 'exports.dist = css;' })).toBe(told);
  });

  test.each([
    ['gruntfile.cjs', 'grunt'],
    ['webpack.config.babel.js', 'webpack --mode production'],
    ['webpack.mix.js', 'mix --production'],
    ['vite.config.mts', 'vite build'],
    ['gulpfile.js.map', undefined],
  ])('%s', (name, told) => {
    expect(program({ [name]: '' })).toBe(told);
  });
});

describe('a configuration of webpack under another name', () => {
  test.each<[string, string[], string | undefined]>([
    ['is named', ['webpack.prod.js'], 'webpack --mode production --config webpack.prod.js'],
    [
      'is that for production',
      ['webpack.common.js', 'webpack.dev.js', 'webpack.config.prod.js'],
      'webpack --mode production --config webpack.config.prod.js',
    ],
    ['is left out where it finds one by itself', ['webpack.prod.js', 'webpack.config.js'], 'webpack --mode production'],
    ['is not guessed among several', ['webpack.common.js', 'webpack.dev.js'], undefined],
  ])('%s', (_what, files, told) => {
    expect(program(Object.fromEntries(files.map((name) => [name, ''])))).toBe(told);
  });
});
