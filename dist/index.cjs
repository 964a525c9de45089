"use strict";
var __create = Object.create;
var __defProp = Object.defineProperty;
var __getOwnPropDesc = Object.getOwnPropertyDescriptor;
var __getOwnPropNames = Object.getOwnPropertyNames;
var __getProtoOf = Object.getPrototypeOf;
var __hasOwnProp = Object.prototype.hasOwnProperty;
var __esm = (fn, res, err) => function __init() {
  if (err) throw err[0];
  try {
    return fn && (res = (0, fn[__getOwnPropNames(fn)[0]])(fn = 0)), res;
  } catch (e) {
    throw err = [e], e;
  }
};
var __commonJS = (cb, mod) => function __require() {
  try {
    return mod || (0, cb[__getOwnPropNames(cb)[0]])((mod = { exports: {} }).exports, mod), mod.exports;
  } catch (e) {
    throw mod = 0, e;
  }
};
var __export = (target, all) => {
  for (var name in all)
    __defProp(target, name, { get: all[name], enumerable: true });
};
var __copyProps = (to, from, except, desc) => {
  if (from && typeof from === "object" || typeof from === "function") {
    for (let key of __getOwnPropNames(from))
      if (!__hasOwnProp.call(to, key) && key !== except)
        __defProp(to, key, { get: () => from[key], enumerable: !(desc = __getOwnPropDesc(from, key)) || desc.enumerable });
  }
  return to;
};
var __toESM = (mod, isNodeMode, target) => (target = mod != null ? __create(__getProtoOf(mod)) : {}, __copyProps(
  // If the importer is in node compatibility mode or this is not an ESM
  // file that has been converted to a CommonJS file using a Babel-
  // compatible transform (i.e. "__esModule" has not been set), then set
  // "default" to the CommonJS "module.exports" for node compatibility.
  isNodeMode || !mod || !mod.__esModule ? __defProp(target, "default", { value: mod, enumerable: true }) : target,
  mod
));

// node_modules/@actions/core/lib/utils.js
function toCommandValue(input) {
  if (input === null || input === void 0) {
    return "";
  } else if (typeof input === "string" || input instanceof String) {
    return input;
  }
  return JSON.stringify(input);
}
function toCommandProperties(annotationProperties) {
  if (!Object.keys(annotationProperties).length) {
    return {};
  }
  return {
    title: annotationProperties.title,
    file: annotationProperties.file,
    line: annotationProperties.startLine,
    endLine: annotationProperties.endLine,
    col: annotationProperties.startColumn,
    endColumn: annotationProperties.endColumn
  };
}
var init_utils = __esm({
  "node_modules/@actions/core/lib/utils.js"() {
  }
});

// node_modules/@actions/core/lib/command.js
function issueCommand(command, properties2, message) {
  const cmd = new Command(command, properties2, message);
  process.stdout.write(cmd.toString() + os.EOL);
}
function issue(name, message = "") {
  issueCommand(name, {}, message);
}
function escapeData(s) {
  return toCommandValue(s).replace(/%/g, "%25").replace(/\r/g, "%0D").replace(/\n/g, "%0A");
}
function escapeProperty(s) {
  return toCommandValue(s).replace(/%/g, "%25").replace(/\r/g, "%0D").replace(/\n/g, "%0A").replace(/:/g, "%3A").replace(/,/g, "%2C");
}
var os, CMD_STRING, Command;
var init_command = __esm({
  "node_modules/@actions/core/lib/command.js"() {
    os = __toESM(require("os"), 1);
    init_utils();
    CMD_STRING = "::";
    Command = class {
      constructor(command, properties2, message) {
        if (!command) {
          command = "missing.command";
        }
        this.command = command;
        this.properties = properties2;
        this.message = message;
      }
      toString() {
        let cmdStr = CMD_STRING + this.command;
        if (this.properties && Object.keys(this.properties).length > 0) {
          cmdStr += " ";
          let first = true;
          for (const key in this.properties) {
            if (this.properties.hasOwnProperty(key)) {
              const val = this.properties[key];
              if (val) {
                if (first) {
                  first = false;
                } else {
                  cmdStr += ",";
                }
                cmdStr += `${key}=${escapeProperty(val)}`;
              }
            }
          }
        }
        cmdStr += `${CMD_STRING}${escapeData(this.message)}`;
        return cmdStr;
      }
    };
  }
});

// node_modules/@actions/core/lib/file-command.js
var init_file_command = __esm({
  "node_modules/@actions/core/lib/file-command.js"() {
    init_utils();
  }
});

// node_modules/@actions/core/lib/oidc-utils.js
var init_oidc_utils = __esm({
  "node_modules/@actions/core/lib/oidc-utils.js"() {
  }
});

// node_modules/@actions/core/lib/summary.js
var import_os, import_fs, __awaiter, access, appendFile, writeFile, SUMMARY_ENV_VAR, Summary, _summary;
var init_summary = __esm({
  "node_modules/@actions/core/lib/summary.js"() {
    import_os = require("os");
    import_fs = require("fs");
    __awaiter = function(thisArg, _arguments, P, generator) {
      function adopt(value) {
        return value instanceof P ? value : new P(function(resolve6) {
          resolve6(value);
        });
      }
      return new (P || (P = Promise))(function(resolve6, reject) {
        function fulfilled(value) {
          try {
            step(generator.next(value));
          } catch (e) {
            reject(e);
          }
        }
        function rejected(value) {
          try {
            step(generator["throw"](value));
          } catch (e) {
            reject(e);
          }
        }
        function step(result) {
          result.done ? resolve6(result.value) : adopt(result.value).then(fulfilled, rejected);
        }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
      });
    };
    ({ access, appendFile, writeFile } = import_fs.promises);
    SUMMARY_ENV_VAR = "GITHUB_STEP_SUMMARY";
    Summary = class {
      constructor() {
        this._buffer = "";
      }
      /**
       * Finds the summary file path from the environment, rejects if env var is not found or file does not exist
       * Also checks r/w permissions.
       *
       * @returns step summary file path
       */
      filePath() {
        return __awaiter(this, void 0, void 0, function* () {
          if (this._filePath) {
            return this._filePath;
          }
          const pathFromEnv = process.env[SUMMARY_ENV_VAR];
          if (!pathFromEnv) {
            throw new Error(`Unable to find environment variable for $${SUMMARY_ENV_VAR}. Check if your runtime environment supports job summaries.`);
          }
          try {
            yield access(pathFromEnv, import_fs.constants.R_OK | import_fs.constants.W_OK);
          } catch (_a) {
            throw new Error(`Unable to access summary file: '${pathFromEnv}'. Check if the file has correct read/write permissions.`);
          }
          this._filePath = pathFromEnv;
          return this._filePath;
        });
      }
      /**
       * Wraps content in an HTML tag, adding any HTML attributes
       *
       * @param {string} tag HTML tag to wrap
       * @param {string | null} content content within the tag
       * @param {[attribute: string]: string} attrs key-value list of HTML attributes to add
       *
       * @returns {string} content wrapped in HTML element
       */
      wrap(tag, content, attrs = {}) {
        const htmlAttrs = Object.entries(attrs).map(([key, value]) => ` ${key}="${value}"`).join("");
        if (!content) {
          return `<${tag}${htmlAttrs}>`;
        }
        return `<${tag}${htmlAttrs}>${content}</${tag}>`;
      }
      /**
       * Writes text in the buffer to the summary buffer file and empties buffer. Will append by default.
       *
       * @param {SummaryWriteOptions} [options] (optional) options for write operation
       *
       * @returns {Promise<Summary>} summary instance
       */
      write(options) {
        return __awaiter(this, void 0, void 0, function* () {
          const overwrite = !!(options === null || options === void 0 ? void 0 : options.overwrite);
          const filePath = yield this.filePath();
          const writeFunc = overwrite ? writeFile : appendFile;
          yield writeFunc(filePath, this._buffer, { encoding: "utf8" });
          return this.emptyBuffer();
        });
      }
      /**
       * Clears the summary buffer and wipes the summary file
       *
       * @returns {Summary} summary instance
       */
      clear() {
        return __awaiter(this, void 0, void 0, function* () {
          return this.emptyBuffer().write({ overwrite: true });
        });
      }
      /**
       * Returns the current summary buffer as a string
       *
       * @returns {string} string of summary buffer
       */
      stringify() {
        return this._buffer;
      }
      /**
       * If the summary buffer is empty
       *
       * @returns {boolen} true if the buffer is empty
       */
      isEmptyBuffer() {
        return this._buffer.length === 0;
      }
      /**
       * Resets the summary buffer without writing to summary file
       *
       * @returns {Summary} summary instance
       */
      emptyBuffer() {
        this._buffer = "";
        return this;
      }
      /**
       * Adds raw text to the summary buffer
       *
       * @param {string} text content to add
       * @param {boolean} [addEOL=false] (optional) append an EOL to the raw text (default: false)
       *
       * @returns {Summary} summary instance
       */
      addRaw(text2, addEOL = false) {
        this._buffer += text2;
        return addEOL ? this.addEOL() : this;
      }
      /**
       * Adds the operating system-specific end-of-line marker to the buffer
       *
       * @returns {Summary} summary instance
       */
      addEOL() {
        return this.addRaw(import_os.EOL);
      }
      /**
       * Adds an HTML codeblock to the summary buffer
       *
       * @param {string} code content to render within fenced code block
       * @param {string} lang (optional) language to syntax highlight code
       *
       * @returns {Summary} summary instance
       */
      addCodeBlock(code2, lang) {
        const attrs = Object.assign({}, lang && { lang });
        const element2 = this.wrap("pre", this.wrap("code", code2), attrs);
        return this.addRaw(element2).addEOL();
      }
      /**
       * Adds an HTML list to the summary buffer
       *
       * @param {string[]} items list of items to render
       * @param {boolean} [ordered=false] (optional) if the rendered list should be ordered or not (default: false)
       *
       * @returns {Summary} summary instance
       */
      addList(items, ordered = false) {
        const tag = ordered ? "ol" : "ul";
        const listItems = items.map((item) => this.wrap("li", item)).join("");
        const element2 = this.wrap(tag, listItems);
        return this.addRaw(element2).addEOL();
      }
      /**
       * Adds an HTML table to the summary buffer
       *
       * @param {SummaryTableCell[]} rows table rows
       *
       * @returns {Summary} summary instance
       */
      addTable(rows) {
        const tableBody = rows.map((row) => {
          const cells = row.map((cell) => {
            if (typeof cell === "string") {
              return this.wrap("td", cell);
            }
            const { header, data, colspan, rowspan } = cell;
            const tag = header ? "th" : "td";
            const attrs = Object.assign(Object.assign({}, colspan && { colspan }), rowspan && { rowspan });
            return this.wrap(tag, data, attrs);
          }).join("");
          return this.wrap("tr", cells);
        }).join("");
        const element2 = this.wrap("table", tableBody);
        return this.addRaw(element2).addEOL();
      }
      /**
       * Adds a collapsable HTML details element to the summary buffer
       *
       * @param {string} label text for the closed state
       * @param {string} content collapsable content
       *
       * @returns {Summary} summary instance
       */
      addDetails(label, content) {
        const element2 = this.wrap("details", this.wrap("summary", label) + content);
        return this.addRaw(element2).addEOL();
      }
      /**
       * Adds an HTML image tag to the summary buffer
       *
       * @param {string} src path to the image you to embed
       * @param {string} alt text description of the image
       * @param {SummaryImageOptions} options (optional) addition image attributes
       *
       * @returns {Summary} summary instance
       */
      addImage(src, alt, options) {
        const { width, height } = options || {};
        const attrs = Object.assign(Object.assign({}, width && { width }), height && { height });
        const element2 = this.wrap("img", null, Object.assign({ src, alt }, attrs));
        return this.addRaw(element2).addEOL();
      }
      /**
       * Adds an HTML section heading element
       *
       * @param {string} text heading text
       * @param {number | string} [level=1] (optional) the heading level, default: 1
       *
       * @returns {Summary} summary instance
       */
      addHeading(text2, level) {
        const tag = `h${level}`;
        const allowedTag = ["h1", "h2", "h3", "h4", "h5", "h6"].includes(tag) ? tag : "h1";
        const element2 = this.wrap(allowedTag, text2);
        return this.addRaw(element2).addEOL();
      }
      /**
       * Adds an HTML thematic break (<hr>) to the summary buffer
       *
       * @returns {Summary} summary instance
       */
      addSeparator() {
        const element2 = this.wrap("hr", null);
        return this.addRaw(element2).addEOL();
      }
      /**
       * Adds an HTML line break (<br>) to the summary buffer
       *
       * @returns {Summary} summary instance
       */
      addBreak() {
        const element2 = this.wrap("br", null);
        return this.addRaw(element2).addEOL();
      }
      /**
       * Adds an HTML blockquote to the summary buffer
       *
       * @param {string} text quote text
       * @param {string} cite (optional) citation url
       *
       * @returns {Summary} summary instance
       */
      addQuote(text2, cite) {
        const attrs = Object.assign({}, cite && { cite });
        const element2 = this.wrap("blockquote", text2, attrs);
        return this.addRaw(element2).addEOL();
      }
      /**
       * Adds an HTML anchor tag to the summary buffer
       *
       * @param {string} text link text/content
       * @param {string} href hyperlink
       *
       * @returns {Summary} summary instance
       */
      addLink(text2, href) {
        const element2 = this.wrap("a", text2, { href });
        return this.addRaw(element2).addEOL();
      }
    };
    _summary = new Summary();
  }
});

// node_modules/@actions/core/lib/path-utils.js
var init_path_utils = __esm({
  "node_modules/@actions/core/lib/path-utils.js"() {
  }
});

// node_modules/@actions/io/lib/io-util.js
function exists(fsPath) {
  return __awaiter2(this, void 0, void 0, function* () {
    try {
      yield stat(fsPath);
    } catch (err) {
      if (err.code === "ENOENT") {
        return false;
      }
      throw err;
    }
    return true;
  });
}
function isRooted(p) {
  p = normalizeSeparators(p);
  if (!p) {
    throw new Error('isRooted() parameter "p" cannot be empty');
  }
  if (IS_WINDOWS) {
    return p.startsWith("\\") || /^[A-Z]:/i.test(p);
  }
  return p.startsWith("/");
}
function tryGetExecutablePath(filePath, extensions) {
  return __awaiter2(this, void 0, void 0, function* () {
    let stats = void 0;
    try {
      stats = yield stat(filePath);
    } catch (err) {
      if (err.code !== "ENOENT") {
        console.log(`Unexpected error attempting to determine if executable file exists '${filePath}': ${err}`);
      }
    }
    if (stats && stats.isFile()) {
      if (IS_WINDOWS) {
        const upperExt = path.extname(filePath).toUpperCase();
        if (extensions.some((validExt) => validExt.toUpperCase() === upperExt)) {
          return filePath;
        }
      } else {
        if (isUnixExecutable(stats)) {
          return filePath;
        }
      }
    }
    const originalFilePath = filePath;
    for (const extension of extensions) {
      filePath = originalFilePath + extension;
      stats = void 0;
      try {
        stats = yield stat(filePath);
      } catch (err) {
        if (err.code !== "ENOENT") {
          console.log(`Unexpected error attempting to determine if executable file exists '${filePath}': ${err}`);
        }
      }
      if (stats && stats.isFile()) {
        if (IS_WINDOWS) {
          try {
            const directory = path.dirname(filePath);
            const upperName = path.basename(filePath).toUpperCase();
            for (const actualName of yield readdir(directory)) {
              if (upperName === actualName.toUpperCase()) {
                filePath = path.join(directory, actualName);
                break;
              }
            }
          } catch (err) {
            console.log(`Unexpected error attempting to determine the actual case of the file '${filePath}': ${err}`);
          }
          return filePath;
        } else {
          if (isUnixExecutable(stats)) {
            return filePath;
          }
        }
      }
    }
    return "";
  });
}
function normalizeSeparators(p) {
  p = p || "";
  if (IS_WINDOWS) {
    p = p.replace(/\//g, "\\");
    return p.replace(/\\\\+/g, "\\");
  }
  return p.replace(/\/\/+/g, "/");
}
function isUnixExecutable(stats) {
  return (stats.mode & 1) > 0 || (stats.mode & 8) > 0 && process.getgid !== void 0 && stats.gid === process.getgid() || (stats.mode & 64) > 0 && process.getuid !== void 0 && stats.uid === process.getuid();
}
var fs, path, __awaiter2, chmod, copyFile, lstat, mkdir, open, readdir, rename, rm, rmdir, stat, symlink, unlink, IS_WINDOWS, READONLY;
var init_io_util = __esm({
  "node_modules/@actions/io/lib/io-util.js"() {
    fs = __toESM(require("fs"));
    path = __toESM(require("path"));
    __awaiter2 = function(thisArg, _arguments, P, generator) {
      function adopt(value) {
        return value instanceof P ? value : new P(function(resolve6) {
          resolve6(value);
        });
      }
      return new (P || (P = Promise))(function(resolve6, reject) {
        function fulfilled(value) {
          try {
            step(generator.next(value));
          } catch (e) {
            reject(e);
          }
        }
        function rejected(value) {
          try {
            step(generator["throw"](value));
          } catch (e) {
            reject(e);
          }
        }
        function step(result) {
          result.done ? resolve6(result.value) : adopt(result.value).then(fulfilled, rejected);
        }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
      });
    };
    ({ chmod, copyFile, lstat, mkdir, open, readdir, rename, rm, rmdir, stat, symlink, unlink } = fs.promises);
    IS_WINDOWS = process.platform === "win32";
    READONLY = fs.constants.O_RDONLY;
  }
});

// node_modules/@actions/io/lib/io.js
function which(tool, check4) {
  return __awaiter3(this, void 0, void 0, function* () {
    if (!tool) {
      throw new Error("parameter 'tool' is required");
    }
    if (check4) {
      const result = yield which(tool, false);
      if (!result) {
        if (IS_WINDOWS) {
          throw new Error(`Unable to locate executable file: ${tool}. Please verify either the file path exists or the file can be found within a directory specified by the PATH environment variable. Also verify the file has a valid extension for an executable file.`);
        } else {
          throw new Error(`Unable to locate executable file: ${tool}. Please verify either the file path exists or the file can be found within a directory specified by the PATH environment variable. Also check the file mode to verify the file is executable.`);
        }
      }
      return result;
    }
    const matches = yield findInPath(tool);
    if (matches && matches.length > 0) {
      return matches[0];
    }
    return "";
  });
}
function findInPath(tool) {
  return __awaiter3(this, void 0, void 0, function* () {
    if (!tool) {
      throw new Error("parameter 'tool' is required");
    }
    const extensions = [];
    if (IS_WINDOWS && process.env["PATHEXT"]) {
      for (const extension of process.env["PATHEXT"].split(path2.delimiter)) {
        if (extension) {
          extensions.push(extension);
        }
      }
    }
    if (isRooted(tool)) {
      const filePath = yield tryGetExecutablePath(tool, extensions);
      if (filePath) {
        return [filePath];
      }
      return [];
    }
    if (tool.includes(path2.sep)) {
      return [];
    }
    const directories = [];
    if (process.env.PATH) {
      for (const p of process.env.PATH.split(path2.delimiter)) {
        if (p) {
          directories.push(p);
        }
      }
    }
    const matches = [];
    for (const directory of directories) {
      const filePath = yield tryGetExecutablePath(path2.join(directory, tool), extensions);
      if (filePath) {
        matches.push(filePath);
      }
    }
    return matches;
  });
}
var path2, __awaiter3;
var init_io = __esm({
  "node_modules/@actions/io/lib/io.js"() {
    path2 = __toESM(require("path"));
    init_io_util();
    __awaiter3 = function(thisArg, _arguments, P, generator) {
      function adopt(value) {
        return value instanceof P ? value : new P(function(resolve6) {
          resolve6(value);
        });
      }
      return new (P || (P = Promise))(function(resolve6, reject) {
        function fulfilled(value) {
          try {
            step(generator.next(value));
          } catch (e) {
            reject(e);
          }
        }
        function rejected(value) {
          try {
            step(generator["throw"](value));
          } catch (e) {
            reject(e);
          }
        }
        function step(result) {
          result.done ? resolve6(result.value) : adopt(result.value).then(fulfilled, rejected);
        }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
      });
    };
  }
});

// node_modules/@actions/exec/lib/toolrunner.js
function argStringToArray(argString) {
  const args = [];
  let inQuotes = false;
  let escaped = false;
  let arg = "";
  function append(c) {
    if (escaped && c !== '"') {
      arg += "\\";
    }
    arg += c;
    escaped = false;
  }
  for (let i = 0; i < argString.length; i++) {
    const c = argString.charAt(i);
    if (c === '"') {
      if (!escaped) {
        inQuotes = !inQuotes;
      } else {
        append(c);
      }
      continue;
    }
    if (c === "\\" && escaped) {
      append(c);
      continue;
    }
    if (c === "\\" && inQuotes) {
      escaped = true;
      continue;
    }
    if (c === " " && !inQuotes) {
      if (arg.length > 0) {
        args.push(arg);
        arg = "";
      }
      continue;
    }
    append(c);
  }
  if (arg.length > 0) {
    args.push(arg.trim());
  }
  return args;
}
var os2, events, child, path3, import_timers, __awaiter4, IS_WINDOWS2, ToolRunner, ExecState;
var init_toolrunner = __esm({
  "node_modules/@actions/exec/lib/toolrunner.js"() {
    os2 = __toESM(require("os"), 1);
    events = __toESM(require("events"), 1);
    child = __toESM(require("child_process"), 1);
    path3 = __toESM(require("path"), 1);
    init_io();
    init_io_util();
    import_timers = require("timers");
    __awaiter4 = function(thisArg, _arguments, P, generator) {
      function adopt(value) {
        return value instanceof P ? value : new P(function(resolve6) {
          resolve6(value);
        });
      }
      return new (P || (P = Promise))(function(resolve6, reject) {
        function fulfilled(value) {
          try {
            step(generator.next(value));
          } catch (e) {
            reject(e);
          }
        }
        function rejected(value) {
          try {
            step(generator["throw"](value));
          } catch (e) {
            reject(e);
          }
        }
        function step(result) {
          result.done ? resolve6(result.value) : adopt(result.value).then(fulfilled, rejected);
        }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
      });
    };
    IS_WINDOWS2 = process.platform === "win32";
    ToolRunner = class extends events.EventEmitter {
      constructor(toolPath, args, options) {
        super();
        if (!toolPath) {
          throw new Error("Parameter 'toolPath' cannot be null or empty.");
        }
        this.toolPath = toolPath;
        this.args = args || [];
        this.options = options || {};
      }
      _debug(message) {
        if (this.options.listeners && this.options.listeners.debug) {
          this.options.listeners.debug(message);
        }
      }
      _getCommandString(options, noPrefix) {
        const toolPath = this._getSpawnFileName();
        const args = this._getSpawnArgs(options);
        let cmd = noPrefix ? "" : "[command]";
        if (IS_WINDOWS2) {
          if (this._isCmdFile()) {
            cmd += toolPath;
            for (const a of args) {
              cmd += ` ${a}`;
            }
          } else if (options.windowsVerbatimArguments) {
            cmd += `"${toolPath}"`;
            for (const a of args) {
              cmd += ` ${a}`;
            }
          } else {
            cmd += this._windowsQuoteCmdArg(toolPath);
            for (const a of args) {
              cmd += ` ${this._windowsQuoteCmdArg(a)}`;
            }
          }
        } else {
          cmd += toolPath;
          for (const a of args) {
            cmd += ` ${a}`;
          }
        }
        return cmd;
      }
      _processLineBuffer(data, strBuffer, onLine) {
        try {
          let s = strBuffer + data.toString();
          let n = s.indexOf(os2.EOL);
          while (n > -1) {
            const line = s.substring(0, n);
            onLine(line);
            s = s.substring(n + os2.EOL.length);
            n = s.indexOf(os2.EOL);
          }
          return s;
        } catch (err) {
          this._debug(`error processing line. Failed with error ${err}`);
          return "";
        }
      }
      _getSpawnFileName() {
        if (IS_WINDOWS2) {
          if (this._isCmdFile()) {
            return process.env["COMSPEC"] || "cmd.exe";
          }
        }
        return this.toolPath;
      }
      _getSpawnArgs(options) {
        if (IS_WINDOWS2) {
          if (this._isCmdFile()) {
            let argline = `/D /S /C "${this._windowsQuoteCmdArg(this.toolPath)}`;
            for (const a of this.args) {
              argline += " ";
              argline += options.windowsVerbatimArguments ? a : this._windowsQuoteCmdArg(a);
            }
            argline += '"';
            return [argline];
          }
        }
        return this.args;
      }
      _endsWith(str, end) {
        return str.endsWith(end);
      }
      _isCmdFile() {
        const upperToolPath = this.toolPath.toUpperCase();
        return this._endsWith(upperToolPath, ".CMD") || this._endsWith(upperToolPath, ".BAT");
      }
      _windowsQuoteCmdArg(arg) {
        if (!this._isCmdFile()) {
          return this._uvQuoteCmdArg(arg);
        }
        if (!arg) {
          return '""';
        }
        const cmdSpecialChars = [
          " ",
          "	",
          "&",
          "(",
          ")",
          "[",
          "]",
          "{",
          "}",
          "^",
          "=",
          ";",
          "!",
          "'",
          "+",
          ",",
          "`",
          "~",
          "|",
          "<",
          ">",
          '"'
        ];
        let needsQuotes = false;
        for (const char of arg) {
          if (cmdSpecialChars.some((x) => x === char)) {
            needsQuotes = true;
            break;
          }
        }
        if (!needsQuotes) {
          return arg;
        }
        let reverse = '"';
        let quoteHit = true;
        for (let i = arg.length; i > 0; i--) {
          reverse += arg[i - 1];
          if (quoteHit && arg[i - 1] === "\\") {
            reverse += "\\";
          } else if (arg[i - 1] === '"') {
            quoteHit = true;
            reverse += '"';
          } else {
            quoteHit = false;
          }
        }
        reverse += '"';
        return reverse.split("").reverse().join("");
      }
      _uvQuoteCmdArg(arg) {
        if (!arg) {
          return '""';
        }
        if (!arg.includes(" ") && !arg.includes("	") && !arg.includes('"')) {
          return arg;
        }
        if (!arg.includes('"') && !arg.includes("\\")) {
          return `"${arg}"`;
        }
        let reverse = '"';
        let quoteHit = true;
        for (let i = arg.length; i > 0; i--) {
          reverse += arg[i - 1];
          if (quoteHit && arg[i - 1] === "\\") {
            reverse += "\\";
          } else if (arg[i - 1] === '"') {
            quoteHit = true;
            reverse += "\\";
          } else {
            quoteHit = false;
          }
        }
        reverse += '"';
        return reverse.split("").reverse().join("");
      }
      _cloneExecOptions(options) {
        options = options || {};
        const result = {
          cwd: options.cwd || process.cwd(),
          env: options.env || process.env,
          silent: options.silent || false,
          windowsVerbatimArguments: options.windowsVerbatimArguments || false,
          failOnStdErr: options.failOnStdErr || false,
          ignoreReturnCode: options.ignoreReturnCode || false,
          delay: options.delay || 1e4
        };
        result.outStream = options.outStream || process.stdout;
        result.errStream = options.errStream || process.stderr;
        return result;
      }
      _getSpawnOptions(options, toolPath) {
        options = options || {};
        const result = {};
        result.cwd = options.cwd;
        result.env = options.env;
        result["windowsVerbatimArguments"] = options.windowsVerbatimArguments || this._isCmdFile();
        if (options.windowsVerbatimArguments) {
          result.argv0 = `"${toolPath}"`;
        }
        return result;
      }
      /**
       * Exec a tool.
       * Output will be streamed to the live console.
       * Returns promise with return code
       *
       * @param     tool     path to tool to exec
       * @param     options  optional exec options.  See ExecOptions
       * @returns   number
       */
      exec() {
        return __awaiter4(this, void 0, void 0, function* () {
          if (!isRooted(this.toolPath) && (this.toolPath.includes("/") || IS_WINDOWS2 && this.toolPath.includes("\\"))) {
            this.toolPath = path3.resolve(process.cwd(), this.options.cwd || process.cwd(), this.toolPath);
          }
          this.toolPath = yield which(this.toolPath, true);
          return new Promise((resolve6, reject) => __awaiter4(this, void 0, void 0, function* () {
            this._debug(`exec tool: ${this.toolPath}`);
            this._debug("arguments:");
            for (const arg of this.args) {
              this._debug(`   ${arg}`);
            }
            const optionsNonNull = this._cloneExecOptions(this.options);
            if (!optionsNonNull.silent && optionsNonNull.outStream) {
              optionsNonNull.outStream.write(this._getCommandString(optionsNonNull) + os2.EOL);
            }
            const state = new ExecState(optionsNonNull, this.toolPath);
            state.on("debug", (message) => {
              this._debug(message);
            });
            if (this.options.cwd && !(yield exists(this.options.cwd))) {
              return reject(new Error(`The cwd: ${this.options.cwd} does not exist!`));
            }
            const fileName3 = this._getSpawnFileName();
            const cp = child.spawn(fileName3, this._getSpawnArgs(optionsNonNull), this._getSpawnOptions(this.options, fileName3));
            let stdbuffer = "";
            if (cp.stdout) {
              cp.stdout.on("data", (data) => {
                if (this.options.listeners && this.options.listeners.stdout) {
                  this.options.listeners.stdout(data);
                }
                if (!optionsNonNull.silent && optionsNonNull.outStream) {
                  optionsNonNull.outStream.write(data);
                }
                stdbuffer = this._processLineBuffer(data, stdbuffer, (line) => {
                  if (this.options.listeners && this.options.listeners.stdline) {
                    this.options.listeners.stdline(line);
                  }
                });
              });
            }
            let errbuffer = "";
            if (cp.stderr) {
              cp.stderr.on("data", (data) => {
                state.processStderr = true;
                if (this.options.listeners && this.options.listeners.stderr) {
                  this.options.listeners.stderr(data);
                }
                if (!optionsNonNull.silent && optionsNonNull.errStream && optionsNonNull.outStream) {
                  const s = optionsNonNull.failOnStdErr ? optionsNonNull.errStream : optionsNonNull.outStream;
                  s.write(data);
                }
                errbuffer = this._processLineBuffer(data, errbuffer, (line) => {
                  if (this.options.listeners && this.options.listeners.errline) {
                    this.options.listeners.errline(line);
                  }
                });
              });
            }
            cp.on("error", (err) => {
              state.processError = err.message;
              state.processExited = true;
              state.processClosed = true;
              state.CheckComplete();
            });
            cp.on("exit", (code2) => {
              state.processExitCode = code2;
              state.processExited = true;
              this._debug(`Exit code ${code2} received from tool '${this.toolPath}'`);
              state.CheckComplete();
            });
            cp.on("close", (code2) => {
              state.processExitCode = code2;
              state.processExited = true;
              state.processClosed = true;
              this._debug(`STDIO streams have closed for tool '${this.toolPath}'`);
              state.CheckComplete();
            });
            state.on("done", (error2, exitCode) => {
              if (stdbuffer.length > 0) {
                this.emit("stdline", stdbuffer);
              }
              if (errbuffer.length > 0) {
                this.emit("errline", errbuffer);
              }
              cp.removeAllListeners();
              if (error2) {
                reject(error2);
              } else {
                resolve6(exitCode);
              }
            });
            if (this.options.input) {
              if (!cp.stdin) {
                throw new Error("child process missing stdin");
              }
              cp.stdin.end(this.options.input);
            }
          }));
        });
      }
    };
    ExecState = class _ExecState extends events.EventEmitter {
      constructor(options, toolPath) {
        super();
        this.processClosed = false;
        this.processError = "";
        this.processExitCode = 0;
        this.processExited = false;
        this.processStderr = false;
        this.delay = 1e4;
        this.done = false;
        this.timeout = null;
        if (!toolPath) {
          throw new Error("toolPath must not be empty");
        }
        this.options = options;
        this.toolPath = toolPath;
        if (options.delay) {
          this.delay = options.delay;
        }
      }
      CheckComplete() {
        if (this.done) {
          return;
        }
        if (this.processClosed) {
          this._setResult();
        } else if (this.processExited) {
          this.timeout = (0, import_timers.setTimeout)(_ExecState.HandleTimeout, this.delay, this);
        }
      }
      _debug(message) {
        this.emit("debug", message);
      }
      _setResult() {
        let error2;
        if (this.processExited) {
          if (this.processError) {
            error2 = new Error(`There was an error when attempting to execute the process '${this.toolPath}'. This may indicate the process failed to start. Error: ${this.processError}`);
          } else if (this.processExitCode !== 0 && !this.options.ignoreReturnCode) {
            error2 = new Error(`The process '${this.toolPath}' failed with exit code ${this.processExitCode}`);
          } else if (this.processStderr && this.options.failOnStdErr) {
            error2 = new Error(`The process '${this.toolPath}' failed because one or more lines were written to the STDERR stream`);
          }
        }
        if (this.timeout) {
          clearTimeout(this.timeout);
          this.timeout = null;
        }
        this.done = true;
        this.emit("done", error2, this.processExitCode);
      }
      static HandleTimeout(state) {
        if (state.done) {
          return;
        }
        if (!state.processClosed && state.processExited) {
          const message = `The STDIO streams did not close within ${state.delay / 1e3} seconds of the exit event from process '${state.toolPath}'. This may indicate a child process inherited the STDIO streams and has not yet exited.`;
          state._debug(message);
        }
        state._setResult();
      }
    };
  }
});

// node_modules/@actions/exec/lib/exec.js
function exec(commandLine, args, options) {
  return __awaiter5(this, void 0, void 0, function* () {
    const commandArgs = argStringToArray(commandLine);
    if (commandArgs.length === 0) {
      throw new Error(`Parameter 'commandLine' cannot be null or empty.`);
    }
    const toolPath = commandArgs[0];
    args = commandArgs.slice(1).concat(args || []);
    const runner = new ToolRunner(toolPath, args, options);
    return runner.exec();
  });
}
function getExecOutput(commandLine, args, options) {
  return __awaiter5(this, void 0, void 0, function* () {
    var _a, _b;
    let stdout = "";
    let stderr = "";
    const stdoutDecoder = new import_string_decoder.StringDecoder("utf8");
    const stderrDecoder = new import_string_decoder.StringDecoder("utf8");
    const originalStdoutListener = (_a = options === null || options === void 0 ? void 0 : options.listeners) === null || _a === void 0 ? void 0 : _a.stdout;
    const originalStdErrListener = (_b = options === null || options === void 0 ? void 0 : options.listeners) === null || _b === void 0 ? void 0 : _b.stderr;
    const stdErrListener = (data) => {
      stderr += stderrDecoder.write(data);
      if (originalStdErrListener) {
        originalStdErrListener(data);
      }
    };
    const stdOutListener = (data) => {
      stdout += stdoutDecoder.write(data);
      if (originalStdoutListener) {
        originalStdoutListener(data);
      }
    };
    const listeners = Object.assign(Object.assign({}, options === null || options === void 0 ? void 0 : options.listeners), { stdout: stdOutListener, stderr: stdErrListener });
    const exitCode = yield exec(commandLine, args, Object.assign(Object.assign({}, options), { listeners }));
    stdout += stdoutDecoder.end();
    stderr += stderrDecoder.end();
    return {
      exitCode,
      stdout,
      stderr
    };
  });
}
var import_string_decoder, __awaiter5;
var init_exec = __esm({
  "node_modules/@actions/exec/lib/exec.js"() {
    import_string_decoder = require("string_decoder");
    init_toolrunner();
    __awaiter5 = function(thisArg, _arguments, P, generator) {
      function adopt(value) {
        return value instanceof P ? value : new P(function(resolve6) {
          resolve6(value);
        });
      }
      return new (P || (P = Promise))(function(resolve6, reject) {
        function fulfilled(value) {
          try {
            step(generator.next(value));
          } catch (e) {
            reject(e);
          }
        }
        function rejected(value) {
          try {
            step(generator["throw"](value));
          } catch (e) {
            reject(e);
          }
        }
        function step(result) {
          result.done ? resolve6(result.value) : adopt(result.value).then(fulfilled, rejected);
        }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
      });
    };
  }
});

// node_modules/@actions/core/lib/platform.js
var import_os2, platform, arch;
var init_platform = __esm({
  "node_modules/@actions/core/lib/platform.js"() {
    import_os2 = __toESM(require("os"), 1);
    platform = import_os2.default.platform();
    arch = import_os2.default.arch();
  }
});

// node_modules/@actions/core/lib/core.js
function setSecret(secret) {
  issueCommand("add-mask", {}, secret);
}
function setFailed(message) {
  process.exitCode = ExitCode.Failure;
  error(message);
}
function debug(message) {
  issueCommand("debug", {}, message);
}
function error(message, properties2 = {}) {
  issueCommand("error", toCommandProperties(properties2), message instanceof Error ? message.toString() : message);
}
function warning(message, properties2 = {}) {
  issueCommand("warning", toCommandProperties(properties2), message instanceof Error ? message.toString() : message);
}
function notice(message, properties2 = {}) {
  issueCommand("notice", toCommandProperties(properties2), message instanceof Error ? message.toString() : message);
}
function info(message) {
  process.stdout.write(message + os4.EOL);
}
function startGroup(name) {
  issue("group", name);
}
function endGroup() {
  issue("endgroup");
}
function group(name, fn) {
  return __awaiter6(this, void 0, void 0, function* () {
    startGroup(name);
    let result;
    try {
      result = yield fn();
    } finally {
      endGroup();
    }
    return result;
  });
}
function getState(name) {
  return process.env[`STATE_${name}`] || "";
}
var os4, __awaiter6, ExitCode;
var init_core = __esm({
  "node_modules/@actions/core/lib/core.js"() {
    init_command();
    init_file_command();
    init_utils();
    os4 = __toESM(require("os"));
    init_oidc_utils();
    init_summary();
    init_summary();
    init_path_utils();
    init_platform();
    __awaiter6 = function(thisArg, _arguments, P, generator) {
      function adopt(value) {
        return value instanceof P ? value : new P(function(resolve6) {
          resolve6(value);
        });
      }
      return new (P || (P = Promise))(function(resolve6, reject) {
        function fulfilled(value) {
          try {
            step(generator.next(value));
          } catch (e) {
            reject(e);
          }
        }
        function rejected(value) {
          try {
            step(generator["throw"](value));
          } catch (e) {
            reject(e);
          }
        }
        function step(result) {
          result.done ? resolve6(result.value) : adopt(result.value).then(fulfilled, rejected);
        }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
      });
    };
    (function(ExitCode2) {
      ExitCode2[ExitCode2["Success"] = 0] = "Success";
      ExitCode2[ExitCode2["Failure"] = 1] = "Failure";
    })(ExitCode || (ExitCode = {}));
  }
});

// src/core/scratch-folder.ts
function isScratch(path4, environment) {
  return (0, import_node_path.dirname)((0, import_node_path.resolve)(path4)) === (0, import_node_path.resolve)(tempOf(environment)) && (0, import_node_path.basename)((0, import_node_path.resolve)(path4)).startsWith(prefix);
}
async function removeScratch(path4, environment) {
  if (!isScratch(path4, environment)) return;
  const stat6 = await (0, import_promises.lstat)(path4).catch(() => void 0);
  if (stat6?.isDirectory()) await (0, import_promises.rm)(path4, { recursive: true, force: true });
}
var import_promises, import_node_path, prefix, tempOf, makeScratch;
var init_scratch_folder = __esm({
  "src/core/scratch-folder.ts"() {
    "use strict";
    import_promises = require("node:fs/promises");
    import_node_path = require("node:path");
    prefix = "deploy-django-";
    tempOf = (environment) => environment.RUNNER_TEMP ?? "/tmp";
    makeScratch = (environment) => (0, import_promises.mkdtemp)((0, import_node_path.join)(tempOf(environment), prefix));
  }
});

// src/workflow/command-files.ts
function namedValue(name, value) {
  const end = `end-${(0, import_node_crypto.randomUUID)()}`;
  return `${name}<<${end}
${value}
${end}
`;
}
function holds(path4, said2) {
  const stat6 = (0, import_node_fs.lstatSync)(path4, { throwIfNoEntry: false });
  if (!stat6) return said2.length === 0;
  return stat6.isFile() && stat6.size === said2.length && (0, import_node_fs.readFileSync)(path4).equals(said2);
}
function write(path4, said2) {
  if (!(0, import_node_fs.lstatSync)(path4, { throwIfNoEntry: false })?.isFile()) (0, import_node_fs.rmSync)(path4, { recursive: true, force: true });
  (0, import_node_fs.mkdirSync)((0, import_node_path2.dirname)(path4), { recursive: true });
  (0, import_node_fs.writeFileSync)(path4, said2);
}
function openCommandFiles(environment) {
  const files = /* @__PURE__ */ new Map();
  for (const variable of variables) {
    const path4 = environment[variable];
    if (!path4) continue;
    const known2 = (0, import_node_fs.lstatSync)(path4, { throwIfNoEntry: false })?.isFile() ?? false;
    files.set(variable, { path: path4, said: known2 ? (0, import_node_fs.readFileSync)(path4) : Buffer.alloc(0) });
  }
  const touched = /* @__PURE__ */ new Set();
  const look2 = () => {
    for (const [name, { path: path4, said: said2 }] of files) {
      if (holds(path4, said2)) continue;
      touched.add(name);
      write(path4, said2);
    }
  };
  return {
    append(name, text2) {
      look2();
      const file = files.get(name);
      if (!file) return;
      file.said = Buffer.concat([file.said, Buffer.from(text2)]);
      write(file.path, file.said);
    },
    undoOthers() {
      look2();
      const names2 = [...touched];
      touched.clear();
      return names2;
    }
  };
}
var import_node_crypto, import_node_fs, import_node_path2, variables, undone;
var init_command_files = __esm({
  "src/workflow/command-files.ts"() {
    "use strict";
    import_node_crypto = require("node:crypto");
    import_node_fs = require("node:fs");
    import_node_path2 = require("node:path");
    variables = ["GITHUB_OUTPUT", "GITHUB_STATE", "GITHUB_ENV", "GITHUB_PATH", "GITHUB_STEP_SUMMARY"];
    undone = (files) => `The project's code wrote to ${files.join(", ")}, where a step commands the runner. It was undone; write there in a step of your own.`;
  }
});

// src/workflow/post-state.ts
var scratchState, announcementState, cacheState;
var init_post_state = __esm({
  "src/workflow/post-state.ts"() {
    "use strict";
    scratchState = "scratch";
    announcementState = "announcement";
    cacheState = "cache";
  }
});

// src/event/trust.ts
var privilegedEvents;
var init_trust = __esm({
  "src/event/trust.ts"() {
    "use strict";
    privilegedEvents = /* @__PURE__ */ new Set(["pull_request_target", "workflow_run", "issue_comment"]);
  }
});

// src/project/install/package-cache.ts
function cacheAccess(env) {
  const url = env.ACTIONS_RESULTS_URL || env.ACTIONS_CACHE_URL;
  if (!env.ACTIONS_RUNTIME_TOKEN || !url || !env.RUNNER_TEMP) return "none";
  return privilegedEvents.has(env.GITHUB_EVENT_NAME ?? "") ? "read" : "write";
}
function isKeptElsewhere(kind, env) {
  const tool = kind === "requirements" || kind === "project" || kind === "pixi" ? "uv" : kind;
  return Boolean(env[variables2[tool]]);
}
function cacheKey({ kind, python, machine, files }) {
  const hash12 = (0, import_node_crypto2.createHash)("sha256");
  for (const file of files) hash12.update((0, import_node_crypto2.createHash)("sha256").update(file).digest());
  const prefix2 = `${keyStart}1-${machine}-py${python}-${kind}-`;
  return { key: prefix2 + hash12.digest("hex"), prefix: prefix2 };
}
var import_node_crypto2, import_node_path3, cacheFolder, keyStart, isCacheKey, variables2, cacheVariables, machineOf;
var init_package_cache = __esm({
  "src/project/install/package-cache.ts"() {
    "use strict";
    import_node_crypto2 = require("node:crypto");
    import_node_path3 = require("node:path");
    init_trust();
    cacheFolder = (env) => cacheAccess(env) === "none" ? void 0 : (0, import_node_path3.join)(env.RUNNER_TEMP ?? "", "deploy-django-packages");
    keyStart = "deploy-django-";
    isCacheKey = (key) => key.startsWith(keyStart);
    variables2 = {
      uv: "UV_CACHE_DIR",
      pip: "PIP_CACHE_DIR",
      poetry: "POETRY_CACHE_DIR",
      pdm: "PDM_CACHE_DIR",
      pipenv: "PIPENV_CACHE_DIR"
    };
    cacheVariables = (folder) => Object.fromEntries(Object.entries(variables2).map(([tool, name]) => [name, (0, import_node_path3.join)(folder, tool)]));
    machineOf = (env) => [env.ImageOS || process.platform, process.arch].join("-").replace(/[^\w.-]/g, "");
  }
});

// src/runner/github-cache.ts
async function quietly(work, signal) {
  const { write: write2 } = process.stdout;
  let printed = "";
  process.stdout.write = (chunk) => {
    printed += chunk.toString();
    return true;
  };
  const { promise: aborted, reject } = Promise.withResolvers();
  const abort = () => reject(signal?.reason);
  signal?.addEventListener("abort", abort, { once: true });
  let value;
  try {
    value = await Promise.race([work(), aborted]);
  } catch (error2) {
    signal?.throwIfAborted();
    printed += `
::warning::${error2 instanceof Error ? error2.message : error2}`;
  } finally {
    process.stdout.write = write2;
    signal?.removeEventListener("abort", abort);
  }
  const said2 = /^::(?:warning|error)[^:]*::(.*)$/m.exec(printed)?.[1];
  const refused3 = /^Failed to save: (.*)$/m.exec(printed)?.[1];
  return { value, trouble: (said2 ?? refused3)?.replace(/\?\S+/g, "?…") };
}
function createCache(env, saveKey) {
  const folder = cacheFolder(env);
  return {
    folder,
    async restore(key, prefix2, signal) {
      if (folder === void 0) return void 0;
      signal.throwIfAborted();
      const options = { segmentTimeoutInMs: patience, timeoutInMs: patience };
      const { value, trouble } = await quietly(async () => {
        const { restoreCache } = await import("./actions-cache.cjs");
        return restoreCache([folder], key, [prefix2], options);
      }, signal);
      if (trouble) info(`No packages from GitHub's cache: ${trouble}`);
      else info(value ? `Packages from GitHub's cache: ${value}` : "No packages in GitHub's cache yet.");
      return value;
    },
    saveAtEnd(key) {
      if (cacheAccess(env) === "write") saveKey(key);
    }
  };
}
async function saveCacheEntry(key, env) {
  const folder = cacheFolder(env);
  if (folder === void 0 || !isCacheKey(key)) return;
  const { value, trouble } = await quietly(async () => {
    const { saveCache } = await import("./actions-cache.cjs");
    return saveCache([folder], key);
  });
  const saved = value !== void 0 && value >= 0;
  info(
    saved ? `Packages kept in GitHub's cache: ${key}` : `Packages not kept in GitHub's cache: ${trouble ?? "it is read-only"}`
  );
}
var patience;
var init_github_cache = __esm({
  "src/runner/github-cache.ts"() {
    "use strict";
    init_core();
    init_package_cache();
    patience = 12e4;
  }
});

// src/core/errors.ts
function toDeployError(thrown) {
  if (thrown instanceof DeployError) return thrown;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return new DeployError("INTERNAL", message, {
    cause: thrown,
    hint: "This is a bug in the action. Please open an issue with the log of this step."
  });
}
var DeployError;
var init_errors = __esm({
  "src/core/errors.ts"() {
    "use strict";
    DeployError = class extends Error {
      name = "DeployError";
      code;
      hint;
      at;
      constructor(code2, message, more = {}) {
        super(message, more.cause === void 0 ? void 0 : { cause: more.cause });
        this.code = code2;
        this.hint = more.hint;
        this.at = more.at;
      }
    };
  }
});

// src/lib/retry-after.ts
function retryAfter(headers, now) {
  const value = headers["retry-after"];
  if (value === void 0) return void 0;
  if (/^\d+$/.test(value)) return Number(value) * 1e3;
  const at2 = Date.parse(value);
  return Number.isNaN(at2) ? void 0 : Math.max(0, at2 - now);
}
var init_retry_after = __esm({
  "src/lib/retry-after.ts"() {
    "use strict";
  }
});

// src/hosts/contract/host.ts
var HostAnswerError;
var init_host = __esm({
  "src/hosts/contract/host.ts"() {
    "use strict";
    HostAnswerError = class extends Error {
      name = "HostAnswerError";
      status;
      /** Milliseconds that the host asks to wait (Retry-After). */
      retryAfter;
      constructor(message, status, retryAfter2) {
        super(message);
        this.status = status;
        this.retryAfter = retryAfter2;
      }
    };
  }
});

// src/hosts/contract/api.ts
function errorText(body) {
  const text2 = new TextDecoder().decode(body).trim();
  const json = parseJson(text2);
  const said2 = [json?.message, json?.error, json?.detail].find((value) => typeof value === "string");
  const plain = typeof said2 === "string" ? said2 : /^\s*</.test(text2) ? "" : text2;
  return plain.replace(/\s+/g, " ").slice(0, 200);
}
function parseJson(text2) {
  try {
    const value = JSON.parse(text2);
    return typeof value === "object" && value !== null ? value : void 0;
  } catch {
    return void 0;
  }
}
async function ask(io, what, request) {
  const answer = await io.request(request);
  if (answer.status >= 200 && answer.status < 300) return answer;
  const said2 = errorText(answer.body);
  const wait = retryAfter(answer.headers, io.now());
  throw new HostAnswerError(`${what}: HTTP ${answer.status}${said2 && ` (${said2})`}`, answer.status, wait);
}
async function askJson(io, what, request) {
  const answer = await ask(io, what, request);
  const text2 = new TextDecoder().decode(answer.body).trim();
  if (text2 === "") return void 0;
  const json = parseJson(text2);
  if (json === void 0)
    throw new HostAnswerError(`${what}: HTTP ${answer.status} with a body that is no JSON`, answer.status);
  return json;
}
var init_api = __esm({
  "src/hosts/contract/api.ts"() {
    "use strict";
    init_retry_after();
    init_host();
  }
});

// src/lib/loopback.ts
function isLoopback(hostname) {
  return hostname === "localhost" || hostname === "[::1]" || /^127(\.\d{1,3}){3}$/.test(hostname);
}
var init_loopback = __esm({
  "src/lib/loopback.ts"() {
    "use strict";
  }
});

// src/hosts/contract/options.ts
function option(options, name) {
  return options[name]?.[0];
}
function checkCredentialUrl(input, value) {
  const url = URL.canParse(value) ? new URL(value) : void 0;
  if (!url || !/^https?:$/.test(url.protocol)) {
    return [{ input, message: "is not a URL; it starts with https://" }];
  }
  if (url.protocol === "http:" && !isLoopback(url.hostname)) {
    return [{ input, message: "uses plain http, which shows the credential to everyone on the way; write https://" }];
  }
  return [];
}
function checkOptions(inputs, title2, names2) {
  const known2 = [...names2, ...commonOptions];
  const unknown = Object.keys(inputs.options).filter((name) => !known2.includes(name));
  const messages = unknown.map((name) => `${title2} has no option "${name}"; it has ${known2.join(", ")}`);
  const path4 = option(inputs.options, "proof-path");
  if (path4 !== void 0 && !path4.startsWith("/")) messages.push(`proof-path "${path4}" does not start with /`);
  const body = option(inputs.options, "proof-body");
  if (body !== void 0 && body !== "true" && !/\{(sha|short-sha|release)\}/.test(body)) {
    messages.push(
      "proof-body is the same in every release; write {sha}, {short-sha} or {release} where the page shows it, or true"
    );
  }
  const preview = option(inputs.options, "preview-url");
  if (preview !== void 0 && !(preview.includes("{pr}") && URL.canParse(preview.replaceAll("{pr}", "1")))) {
    messages.push(
      `preview-url "${preview}" is the same for every pull request; write it like https://pr-{pr}.example.com`
    );
  }
  return messages.map((message) => ({ input: "host-options", message }));
}
function apiUrl(options, standard2) {
  const given = option(options, "api-url");
  if (given === void 0) return standard2;
  const url = new URL(given);
  const path4 = url.pathname === "/" ? new URL(standard2).pathname : url.pathname;
  return url.origin + path4.replace(/\/$/, "");
}
var commonOptions;
var init_options = __esm({
  "src/hosts/contract/options.ts"() {
    "use strict";
    init_loopback();
    commonOptions = ["proof-header", "proof-path", "proof-body", "preview-url"];
  }
});

// src/lib/text.ts
function plural(count, one, many = `${one}s`) {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}
function formatBytes(bytes) {
  let value = bytes;
  for (const unit of ["B", "KiB", "MiB", "GiB"]) {
    if (value < 1024 || unit === "GiB") return `${unit === "B" ? value : value.toFixed(1)} ${unit}`;
    value /= 1024;
  }
  return `${bytes} B`;
}
function formatDuration(milliseconds) {
  const seconds = milliseconds / 1e3;
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  const rounded = Math.round(seconds);
  if (rounded < 60) return `${rounded} s`;
  return `${Math.floor(rounded / 60)} min ${rounded % 60} s`;
}
function listSome(items, most, separator = ", ") {
  const more = items.length - most;
  return items.slice(0, most).join(separator) + (more > 0 ? `${separator}and ${more} more` : "");
}
function escapeMarkdown(text2) {
  return text2.replace(/[\r\n]+/g, " ").replace(/[\\`*_{}[\]|~]/g, "\\$&").replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll("$", "&#36;").replace(/@(?=\w)/g, "@&#8203;");
}
function slug(name, hash12, longest2 = 40) {
  const plain = name.normalize("NFKD").toLowerCase().replace(/[\u0300-\u036f]/g, "").replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "");
  if (plain === name && plain.length <= longest2) return plain;
  const mark = hash12(name).slice(0, 6);
  return [plain.slice(0, longest2 - 7).replace(/-+$/, ""), mark].filter(Boolean).join("-");
}
function fillTemplate(template, values) {
  const unknown = [];
  const text2 = template.replace(/\{([a-z][a-z0-9-]*)\}/g, (whole, name) => {
    const value = values[name];
    if (value === void 0) unknown.push(name);
    return value ?? whole;
  });
  return { text: text2, unknown };
}
var formatCount, shorten;
var init_text = __esm({
  "src/lib/text.ts"() {
    "use strict";
    formatCount = (count) => String(count).replace(/\B(?=(\d{3})+$)/g, ",");
    shorten = (text2, longest2) => text2.length <= longest2 ? text2 : `${text2.slice(0, longest2 - 1)}…`;
  }
});

// src/hosts/hook/hook-template.ts
function templateValues(request) {
  return {
    sha: request.sha,
    release: request.release,
    branch: request.branch ?? "",
    environment: request.environment,
    pr: String(request.pullRequest ?? ""),
    repository: request.repository,
    "run-url": request.runUrl,
    "artifact-path": request.artifact?.path ?? "",
    "artifact-sha256": request.artifact?.sha256 ?? ""
  };
}
function fill(template, request, encode) {
  const escaped = Object.entries(templateValues(request)).map(([name, value]) => [name, encode(value)]);
  return fillTemplate(template, Object.fromEntries(escaped)).text;
}
function checkPlaces(templates2) {
  const values = templateValues(sample);
  const unknown = templates2.flatMap((text2) => fillTemplate(text2, values).unknown);
  return unknown.map((name) => `{${name}} stands for nothing; there are {${Object.keys(values).join("}, {")}}`);
}
function serverOf(template, value) {
  const url = template.replace(place, (found) => found === "{pr}" ? "1" : value);
  return URL.canParse(url) ? new URL(url).host : void 0;
}
function checkHookUrl(name, template) {
  const input = "host-options";
  if (serverOf(template, "1") !== serverOf(template, "2")) {
    const message = `${name} has a place in its host, which may have {pr} alone; put the others into the path`;
    return [{ input, message }];
  }
  const mistakes = checkCredentialUrl(input, template.replace(place, "1"));
  return mistakes.map(({ message }) => ({ input, message: `${name} ${message}` }));
}
function fixedParts(template) {
  const path4 = /^[^/?#]*(\/\/[^/?#]*)?/.exec(template)?.[0].length ?? 0;
  const query = template.includes("?") ? template.indexOf("?") : template.length;
  return template.replace(place, (_found, at2) => at2 < path4 ? "1" : at2 < query ? "/" : "&");
}
var sample, jsonEscape, headerEscape, place;
var init_hook_template = __esm({
  "src/hosts/hook/hook-template.ts"() {
    "use strict";
    init_text();
    init_options();
    sample = {
      release: "",
      sha: "",
      branch: "",
      environment: "",
      repository: "",
      runUrl: "",
      artifact: void 0
    };
    jsonEscape = (value) => JSON.stringify(value).slice(1, -1);
    headerEscape = (value) => value.replace(/[^\x20-\x7e]/gu, encodeURIComponent);
    place = /\{[a-z][a-z0-9-]*\}/g;
  }
});

// src/hosts/hook/hook.ts
function sign(body, secret) {
  return `sha256=${(0, import_node_crypto3.createHmac)("sha256", secret).update(body).digest("hex")}`;
}
function checkDeployHook({ deployHook }, intent) {
  if (deployHook) return checkCredentialUrl("deploy-hook", deployHook.reveal());
  if (intent !== "deploy") return [];
  const message = `is empty; put the URL into a secret and pass \${{ secrets.DEPLOY_HOOK }}`;
  return [{ input: "deploy-hook", message }];
}
function lacks(capability, { options }) {
  const name = `${capability}-hook`;
  if (option(options, name)) return void 0;
  const what = { preview: "deploys a preview", rollback: "goes back to an earlier release" }[capability];
  return `no hook ${what}; write one into host-options: "${name}: https://…"`;
}
function check(inputs, intent = "deploy") {
  const { options } = inputs;
  const mistakes = checkDeployHook(inputs, intent);
  const add2 = (message) => mistakes.push({ input: "host-options", message });
  const missing2 = intent === "deploy" ? void 0 : lacks(intent, inputs);
  if (missing2) add2(missing2);
  for (const name of hookOptions) {
    const template = option(options, name);
    if (template !== void 0) mistakes.push(...checkHookUrl(name, template));
  }
  if (option(options, "teardown-hook") && !option(options, "preview-hook"))
    add2("teardown-hook takes away what preview-hook made; write preview-hook too");
  const method = option(options, "method") ?? "POST";
  if (!methods.some((known2) => known2 === method)) add2(`method "${method}" is none of ${methods.join(", ")}`);
  const body = option(options, "body");
  if (method === "GET" && body !== void 0) add2("method GET sends no body; leave out body or write method: POST");
  for (const line of options.header ?? []) {
    const name = line.includes(":") ? ` "${line.split(":")[0]}"` : "";
    if (!headerLine.test(line)) add2(`header${name} is not "Name: value"`);
  }
  const hooks = hookOptions.map((name) => option(options, name) ?? "");
  for (const message of checkPlaces([body ?? "", ...options.header ?? [], ...hooks])) add2(message);
  if (option(options, "signature-header") && !option(options, "signature-secret")) {
    add2("signature-header needs signature-secret");
  }
  return mistakes;
}
function answeredId(json) {
  const places2 = [json?.deploy, json?.deployment, json?.job, json];
  for (const place3 of places2) {
    const id = place3?.id;
    if (typeof id === "string" || typeof id === "number") return String(id);
  }
  return void 0;
}
async function send(inputs, name, url, request, io) {
  const { options } = inputs;
  const method = option(options, "method") ?? "POST";
  const secret = option(options, "signature-secret");
  const template = option(options, "body");
  const body = template === void 0 ? "" : fill(template, request, jsonEscape);
  const headers = {};
  if (template !== void 0) headers["content-type"] = option(options, "content-type") ?? "application/json";
  if (inputs.token) headers.authorization = `Bearer ${inputs.token.reveal()}`;
  for (const line of options.header ?? []) {
    const [, header = "", value = ""] = headerLine.exec(line) ?? [];
    headers[header.toLowerCase()] = fill(value, request, headerEscape);
  }
  if (secret !== void 0) headers[option(options, "signature-header") ?? signatureHeader] = sign(body, secret);
  const startedAt = io.now();
  const answer = await ask(io, name, { method, url, headers, ...method === "GET" ? {} : { body } });
  const id = answeredId(parseJson(new TextDecoder().decode(answer.body)));
  return { startedAt, sha: request.sha, ...id === void 0 ? {} : { id } };
}
function createPreview(inputs, previewHook, pullRequest) {
  const teardownHook = option(inputs.options, "teardown-hook");
  const call = (name, hook3, request, io) => {
    const asked = { ...request, pullRequest };
    return send(inputs, name, fill(hook3, asked, encodeURIComponent), asked, io);
  };
  return {
    trigger: (request, io) => call("the preview hook", previewHook, request, io),
    async destroy(request, io) {
      if (teardownHook === void 0)
        return { outcome: "left", said: "host-options has no teardown-hook, so the preview is left to its host" };
      try {
        await call("the teardown hook", teardownHook, request, io);
        return { outcome: "removed", said: "the teardown hook took the request" };
      } catch (error2) {
        if (!(error2 instanceof HostAnswerError) || error2.status !== 404 && error2.status !== 410) throw error2;
        return { outcome: "gone", said: `the teardown hook knows no such preview (any more): HTTP ${error2.status}` };
      }
    }
  };
}
function createRollback(inputs, rollbackHook, to) {
  return {
    trigger(request, io) {
      const asked = { ...request, sha: to?.sha ?? "", release: to?.release ?? "", artifact: void 0 };
      return send(inputs, "the rollback hook", fill(rollbackHook, asked, encodeURIComponent), asked, io);
    }
  };
}
function create(inputs) {
  const previewHook = option(inputs.options, "preview-hook");
  const rollbackHook = option(inputs.options, "rollback-hook");
  return {
    trigger: (request, io) => send(inputs, "the deploy hook", inputs.deployHook?.reveal() ?? "", request, io),
    ...previewHook === void 0 ? {} : { preview: (number) => createPreview(inputs, previewHook, number) },
    ...rollbackHook === void 0 ? {} : { rollback: (to) => createRollback(inputs, rollbackHook, to) }
  };
}
var import_node_crypto3, methods, hookOptions, headerLine, signatureHeader, hook;
var init_hook = __esm({
  "src/hosts/hook/hook.ts"() {
    "use strict";
    import_node_crypto3 = require("node:crypto");
    init_api();
    init_host();
    init_options();
    init_hook_template();
    methods = ["POST", "GET", "PUT"];
    hookOptions = ["preview-hook", "teardown-hook", "rollback-hook"];
    headerLine = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):\s*(.*)$/;
    signatureHeader = "x-hub-signature-256";
    hook = {
      title: "the deploy hook",
      options: ["method", "body", "content-type", "header", "signature-secret", "signature-header", ...hookOptions],
      matches: ({ deployHook, options }) => deployHook !== void 0 || hookOptions.some((name) => option(options, name) !== void 0),
      check,
      lacks,
      secrets: ({ options }) => [
        ...options["signature-secret"] ?? [],
        ...(options.header ?? []).map((line) => headerLine.exec(line)?.[2] ?? ""),
        ...hookOptions.flatMap((name) => options[name] ?? []).flatMap((template) => [template, fixedParts(template)])
      ],
      create
    };
  }
});

// src/hosts/render/render-api.ts
function renderApi(inputs) {
  const root = apiUrl(inputs.options, "https://api.render.com/v1");
  const headers = { authorization: `Bearer ${inputs.token?.reveal()}`, accept: "application/json" };
  const get = (io, what, path4) => askJson(io, what, { method: "GET", url: root + path4, headers });
  const post2 = (io, what, path4, body) => askJson(io, what, {
    method: "POST",
    url: root + path4,
    headers: { ...headers, "content-type": "application/json" },
    body: JSON.stringify(body)
  });
  return {
    service: (service, io) => get(io, `Render's service ${service}`, `/services/${service}`),
    async services(query, io) {
      const path4 = `/services?${new URLSearchParams(query)}`;
      const entries2 = await get(io, "Render's list of services", path4) ?? [];
      return entries2.map((entry) => entry.service);
    },
    async remove(service, io) {
      const request = { method: "DELETE", url: `${root}/services/${service}`, headers };
      await ask(io, `Render's deletion of ${service}`, request);
    },
    deploy: (service, id, io) => get(io, `Render's deploy ${id}`, `/services/${service}/deploys/${id}`),
    /** Deploys of a service, the newest first. */
    async deploys(service, query, io) {
      const path4 = `/services/${service}/deploys?${new URLSearchParams([...query])}`;
      const entries2 = await get(io, "Render's list of deploys", path4) ?? [];
      return entries2.map((entry) => entry.deploy);
    },
    start: (service, body, io) => post2(io, "Render's deploy request", `/services/${service}/deploys`, body),
    rollBack: (service, deployId, io) => post2(io, "Render's rollback", `/services/${service}/rollback`, { deployId }),
    createPreview: (service, body, io) => post2(io, "Render's preview request", `/services/${service}/preview`, body),
    async cancel(service, id, io) {
      const url = `${root}/services/${service}/deploys/${id}/cancel`;
      await ask(io, "Render's cancel", { method: "POST", url, headers });
    },
    async ended(service, io) {
      const path4 = `/services/${service}/events?type=deploy_ended&limit=20`;
      return (await get(io, "Render's events", path4) ?? []).map(({ event }) => event);
    },
    /** Lines of the log of build and app since then, the oldest first. */
    async log(owner, service, since, io) {
      const query = new URLSearchParams({ ownerId: owner, resource: service, direction: "backward", limit: "100" });
      for (const type of ["build", "app"]) query.append("type", type);
      query.set("startTime", new Date(since).toISOString());
      const page = await get(io, "Render's logs", `/logs?${query}`);
      return (page?.logs ?? []).map((line) => line.message).toReversed();
    }
  };
}
var runsImage, commitOf;
var init_render_api = __esm({
  "src/hosts/render/render-api.ts"() {
    "use strict";
    init_api();
    init_options();
    runsImage = ({ imagePath, serviceDetails }) => imagePath !== void 0 || serviceDetails?.runtime === "image";
    commitOf = ({ commit, image }) => commit?.id ?? /(?<![0-9a-f])[0-9a-f]{40}(?![0-9a-f])/.exec(image?.ref ?? "")?.[0];
  }
});

// src/hosts/render/render-status.ts
function explainFailure(reason) {
  const failure = reason?.failure;
  if (!failure) return void 0;
  if (failure.oomKilled) return `out of memory (limit ${failure.oomKilled.memoryLimit})`;
  if (failure.unhealthy) return `unhealthy: ${failure.unhealthy}`;
  if (failure.timedOutSeconds) return `timed out after ${failure.timedOutSeconds} s`;
  if (failure.nonZeroExit !== void 0) return `exit status ${failure.nonZeroExit}`;
  if (failure.earlyExit) return "the process ended early";
  return failure.evicted ? `evicted${failure.evictionReason ? `: ${failure.evictionReason}` : ""}` : void 0;
}
async function ending(api, service, id, io) {
  const events2 = await api.ended(service, io);
  const reason = events2.find(({ details }) => details.deployId === id)?.details.reason;
  const newer = reason?.newDeploy?.id ?? reason?.newBuild?.id;
  if (newer) return { by: newer };
  const explained = explainFailure(reason);
  return explained === void 0 ? {} : { reason: explained };
}
async function statusOf(api, service, deploy2, io) {
  const word = deploy2.status ?? "";
  const commit = commitOf(deploy2);
  if (word === "live") return { phase: "live", ...commit ? { commit } : {} };
  if (word === "deactivated") {
    const [newest] = await api.deploys(
      service,
      [
        ["status", "live"],
        ["limit", "1"]
      ],
      io
    );
    const by = newest && commitOf(newest);
    if (by !== void 0 && by === commit) return { phase: "live", commit: by };
    return { phase: "superseded", ...by ? { by } : {} };
  }
  const failed = failures[word];
  if (failed) {
    const { reason } = await ending(api, service, deploy2.id, io);
    return { phase: "failed", reason: reason ? `${failed}: ${reason}` : failed };
  }
  if (word === "canceled") {
    const { by } = await ending(api, service, deploy2.id, io);
    const [newest] = await api.deploys(service, [["limit", "1"]], io);
    const newer = by ?? (newest && newest.id !== deploy2.id ? newest.id : void 0);
    return newer ? { phase: "superseded", by: newer } : { phase: "cancelled", reason: "it was cancelled at Render" };
  }
  return { phase: phases[word] ?? "running" };
}
var phases, failures, endedBadly;
var init_render_status = __esm({
  "src/hosts/render/render-status.ts"() {
    "use strict";
    init_render_api();
    phases = { created: "queued", queued: "queued" };
    failures = {
      build_failed: "the build failed",
      update_failed: "the new version did not start",
      pre_deploy_failed: "the pre-deploy command failed"
    };
    endedBadly = ({ status = "" }) => status in failures || status === "canceled";
  }
});

// src/hosts/render/render-service.ts
function serviceHost(api, service, source) {
  async function find(release, io) {
    const createdAfter = new Date(release.startedAt - 12e4).toISOString();
    const deploys = await api.deploys(
      service,
      [
        ["createdAfter", createdAfter],
        ["limit", "20"]
      ],
      io
    );
    return deploys.find((deploy2) => source.made(deploy2, release.sha));
  }
  return {
    async trigger(request, io) {
      const startedAt = io.now();
      const deploy2 = await api.start(service, source.body(request.sha), io);
      return { startedAt, sha: request.sha, ...deploy2?.id ? { id: deploy2.id } : {} };
    },
    async status(release, io) {
      const deploy2 = release.id ? await api.deploy(service, release.id, io) : await find(release, io);
      if (!deploy2) return { phase: "queued" };
      const logUrl = { logUrl: `https://dashboard.render.com/web/${service}/deploys/${deploy2.id}` };
      return { ...await statusOf(api, service, deploy2, io), id: deploy2.id, ...logUrl };
    },
    url: async (io) => (await api.service(service, io))?.serviceDetails?.url,
    async *logs(release, io) {
      const owner = (await api.service(service, io))?.ownerId;
      if (owner) yield* await api.log(owner, service, release.startedAt, io);
    },
    async cancel(release, io) {
      if (release.id) await api.cancel(service, release.id, io);
    }
  };
}
var init_render_service = __esm({
  "src/hosts/render/render-service.ts"() {
    "use strict";
    init_render_status();
  }
});

// src/hosts/render/render-source.ts
function sourceOf({ options }, pullRequest) {
  const template = option(options, "image");
  const clearCache = option(options, "clear-cache") === "true" ? { clearCache: "clear" } : {};
  if (template === void 0) {
    return {
      body: (sha) => ({ commitId: sha, ...clearCache }),
      made: (deploy2, sha) => commitOf(deploy2) === sha
    };
  }
  const pr = pullRequest === void 0 ? void 0 : String(pullRequest);
  const image = (sha) => fillTemplate(template, { sha, pr }).text;
  return {
    image,
    body: (sha) => ({ imageUrl: image(sha), ...clearCache }),
    made: (deploy2, sha) => commitOf(deploy2) === sha || deploy2.image?.ref === image(sha)
  };
}
function checkImage({ options }, isPreview) {
  const template = option(options, "image");
  if (template === void 0) return [];
  const places2 = isPreview ? { sha: "", pr: "" } : { sha: "" };
  const { unknown } = fillTemplate(template, places2);
  return unknown.map((name) => ({
    input: "host-options",
    message: name === "pr" ? "image has {pr} in it, which only pull requests have; write {sha}" : `image has {${name}} in it, which stands for nothing; there are {sha} and, in pull requests, {pr}`
  }));
}
function refuseImage(service, source) {
  if (!source.image || runsImage(service)) return;
  throw new DeployError("INVALID_INPUTS", "host-options names an image, and this Render service is built from git.", {
    hint: "Leave image out of host-options, or name the service that runs the image."
  });
}
var init_render_source = __esm({
  "src/hosts/render/render-source.ts"() {
    "use strict";
    init_errors();
    init_text();
    init_options();
    init_render_api();
  }
});

// src/hosts/render/render-preview.ts
function generationOf({ serviceDetails }) {
  const standard2 = serviceDetails?.pullRequestPreviewsEnabled === "yes" ? "automatic" : "off";
  return serviceDetails?.previews?.generation ?? standard2;
}
function noPreview(pullRequest, generation) {
  const isOff = generation === "off";
  const message = isOff ? "Render makes no previews of this service: they are switched off." : `Render has made no preview of pull request #${pullRequest}.`;
  const look2 = "Look at the service’s page Previews for what became of it; a skip phrase in the title keeps Render from it.";
  const hint2 = isOff ? switchOn : generation === "manual" ? askFor : look2;
  return new DeployError("HOST_REFUSED", message, { hint: hint2 });
}
function renderPreview(api, service, inputs, pullRequest) {
  const source = sourceOf(inputs, pullRequest);
  const hostOf = (preview) => serviceHost(api, preview.id, source);
  async function getBase(io) {
    const base = await api.service(service, io);
    if (!base) throw new HostAnswerError(`Render's service ${service}: an empty answer`, 200);
    return base;
  }
  const nameOf2 = (base) => runsImage(base) ? `${base.name}-pr-${pullRequest}` : `${base.name} PR #${pullRequest}`;
  async function find(base, io) {
    const name = nameOf2(base);
    const query = { name, ownerId: base.ownerId, includePreviews: "true", limit: "20" };
    const found = await api.services(query, io);
    return found.find(
      (one) => one.name === name && one.id !== service && one.serviceDetails?.parentServer?.id === service
    );
  }
  const look2 = async (io) => {
    const base = await getBase(io);
    return { base, found: await find(base, io) };
  };
  async function begun(preview, sha, io) {
    const deploys = await api.deploys(preview.id, [["limit", "20"]], io);
    const ours = deploys.find((deploy2) => source.made(deploy2, sha));
    if (!ours || ours === deploys[0] && endedBadly(ours)) return void 0;
    const startedAt = ours.createdAt === void 0 ? io.now() : Date.parse(ours.createdAt);
    return { id: ours.id, sha, startedAt };
  }
  return {
    async check(io) {
      const { base, found } = await look2(io);
      refuseImage(base, source);
      if (runsImage(base) && !source.image) throw noImage();
      const generation = generationOf(base);
      if (found || runsImage(base)) return [];
      if (generation === "off") throw noPreview(pullRequest, generation);
      return generation === "manual" ? [`Render has no preview of pull request #${pullRequest} yet. ${askFor}`] : [];
    },
    async trigger(request, io) {
      const startedAt = io.now();
      const { base, found } = await look2(io);
      refuseImage(base, source);
      if (runsImage(base)) {
        if (!source.image) throw noImage();
        if (found) return hostOf(found).trigger(request, io);
        const body = { imagePath: source.image(request.sha), name: nameOf2(base) };
        const made = await api.createPreview(service, body, io);
        return { startedAt, sha: request.sha, ...made?.deployId ? { id: made.deployId } : {} };
      }
      if (found) return await begun(found, request.sha, io) ?? hostOf(found).trigger(request, io);
      if (generationOf(base) === "off") throw noPreview(pullRequest, "off");
      return { startedAt, sha: request.sha };
    },
    async status(release, io) {
      const { base, found } = await look2(io);
      if (found) return hostOf(found).status(release, io);
      if (release.id) return { phase: "cancelled", reason: "its preview is gone, as when the pull request is closed" };
      if (io.now() - release.startedAt > patience2) throw noPreview(pullRequest, generationOf(base));
      return { phase: "queued" };
    },
    url: async (io) => (await look2(io)).found?.serviceDetails?.url,
    async *logs(release, io) {
      const { found } = await look2(io);
      if (found) yield* hostOf(found).logs(release, io);
    },
    async cancel(release, io) {
      const { found } = await look2(io);
      if (found) await hostOf(found).cancel(release, io);
    },
    async destroy(_request, io) {
      const { found } = await look2(io);
      const gone2 = { outcome: "gone", said: `Render has no preview of pull request #${pullRequest} any more` };
      if (!found) return gone2;
      try {
        await api.remove(found.id, io);
        return { outcome: "removed", said: `Render deleted ${found.name} (${found.id})` };
      } catch (error2) {
        if (error2 instanceof HostAnswerError && (error2.status === 404 || error2.status === 410)) return gone2;
        throw error2;
      }
    }
  };
}
var patience2, switchOn, askFor, noImage;
var init_render_preview = __esm({
  "src/hosts/render/render-preview.ts"() {
    "use strict";
    init_errors();
    init_host();
    init_render_api();
    init_render_service();
    init_render_source();
    init_render_status();
    patience2 = 5 * 6e4;
    switchOn = 'In the dashboard, open the service, then Previews, and set Pull Request Previews to Automatic; in a Blueprint, write "generation: automatic" under "previews:".';
    askFor = 'Its previews are set to manual: give the pull request the label "render-preview", or set Pull Request Previews to Automatic.';
    noImage = () => new DeployError("INVALID_INPUTS", "This Render service runs an image, and a preview needs the image of its commit.", {
      hint: 'Write it into host-options, for example "image: ghcr.io/acme/shop:{sha}", and push it before this step.'
    });
  }
});

// src/hosts/render/render-rollback.ts
function deployBefore(deploys) {
  const at2 = deploys.findIndex(({ status }) => status === "live");
  const live = deploys[at2];
  const commit = live && commitOf(live);
  const isSame2 = (deploy2) => commit !== void 0 && commitOf(deploy2) === commit;
  const older = deploys.slice(at2 + 1);
  const original = live?.trigger === "rollback" ? older.findIndex(isSame2) : -1;
  return older.slice(original + 1).find((deploy2) => deploy2.status === "deactivated" && !isSame2(deploy2));
}
function commitIn({ sha, release }) {
  return sha ?? release?.split("-")[0] ?? "";
}
async function findTarget(api, service, to, io) {
  const id = to?.id;
  if (id) return whereKept(id, async () => await api.deploy(service, id, io) ?? { id });
  const query = [
    ["status", "live"],
    ["status", "deactivated"],
    ["limit", "100"]
  ];
  const deploys = await api.deploys(service, query, io);
  if (!to) {
    const before = deployBefore(deploys);
    if (!before) throw refused(`Render has no deploy of ${service} before this one to go back to.`);
    return before;
  }
  const name = commitIn(to);
  const found = deploys.find((deploy2) => name !== "" && commitOf(deploy2)?.startsWith(name));
  if (!found) throw refused(`Render has no deploy of ${name || "an unnamed commit"} that was live.`);
  return found;
}
async function whereKept(name, work) {
  try {
    return await work();
  } catch (error2) {
    if (!(error2 instanceof HostAnswerError) || !notKept.includes(error2.status)) throw error2;
    throw refused(`Render does not go back to ${name}: ${error2.message}.`, error2);
  }
}
async function rollBack(api, service, to, io) {
  const startedAt = io.now();
  const target = await findTarget(api, service, to, io);
  const sha = commitOf(target) ?? "";
  if (target.status === "live") return { startedAt, sha, id: target.id };
  const deploy2 = await whereKept(target.id, () => api.rollBack(service, target.id, io));
  return { startedAt, sha, ...deploy2?.id ? { id: deploy2.id } : {} };
}
var hint, refused, notKept;
var init_render_rollback = __esm({
  "src/hosts/render/render-rollback.ts"() {
    "use strict";
    init_errors();
    init_host();
    init_render_api();
    hint = "Render keeps the last few builds only. Deploy the older commit again, for example by a revert of what came after.";
    refused = (message, cause) => new DeployError("HOST_REFUSED", message, { hint, cause });
    notKept = [400, 404, 409, 410];
  }
});

// src/hosts/render/render-variables.ts
function variables3({ sha, branch, isPullRequest, url }) {
  const address2 = url?.endsWith(".onrender.com") ? new URL(url) : void 0;
  return {
    RENDER: "true",
    IS_PULL_REQUEST: String(isPullRequest),
    RENDER_GIT_COMMIT: sha,
    ...branch ? { RENDER_GIT_BRANCH: branch } : {},
    // It is always the address that Render gave, never a domain of one's own.
    ...address2 ? { RENDER_EXTERNAL_HOSTNAME: address2.hostname, RENDER_EXTERNAL_URL: address2.origin } : {}
  };
}
var init_render_variables = __esm({
  "src/hosts/render/render-variables.ts"() {
    "use strict";
  }
});

// src/hosts/render/render.ts
function hookUrl(hook3, sha) {
  const url = new URL(hook3);
  url.searchParams.set("ref", sha);
  return url.href;
}
function serviceId(inputs) {
  return inputs.service ?? /\/deploy\/(srv-[0-9a-z]+)/.exec(inputs.deployHook?.reveal() ?? "")?.[1];
}
function withApi(inputs, service) {
  const api = renderApi(inputs);
  const source = sourceOf(inputs);
  const following = serviceHost(api, service, source);
  return {
    ...following,
    async check(io) {
      const found = await api.service(service, io);
      if (found) refuseImage(found, source);
      const warnings = [];
      const auto = found?.autoDeployTrigger ?? (found?.autoDeploy === "yes" ? "commit" : "off");
      if (auto !== "off") {
        warnings.push(
          `Render also deploys ${service} by itself on every push (auto-deploy "${auto}"), so each push deploys twice. Turn Auto-Deploy off in the service's settings.`
        );
      }
      if (found?.suspended === "suspended")
        warnings.push(`the Render service ${service} is suspended; resume it first`);
      return warnings;
    },
    rollback: (to) => ({ ...following, trigger: (_request, io) => rollBack(api, service, to, io) }),
    preview: (pullRequest) => renderPreview(api, service, inputs, pullRequest)
  };
}
function withHookOnly(inputs) {
  return {
    async trigger(request, io) {
      const startedAt = io.now();
      const url = hookUrl(inputs.deployHook?.reveal() ?? "", request.sha);
      const answer = await askJson(io, "Render's deploy hook", { method: "POST", url });
      const id = answer?.deploy?.id;
      return { startedAt, sha: request.sha, ...id ? { id } : {} };
    }
  };
}
function check2(inputs, intent = "deploy") {
  const mistakes = checkImage(inputs, intent === "preview");
  const api = option(inputs.options, "api-url");
  if (api !== void 0)
    mistakes.push(...checkCredentialUrl("host-options", api).map((m) => ({ ...m, message: `api-url ${m.message}` })));
  const clearCache = option(inputs.options, "clear-cache") ?? "false";
  if (!/^(true|false)$/.test(clearCache)) {
    mistakes.push({ input: "host-options", message: `clear-cache "${clearCache}" is neither true nor false` });
  }
  if (inputs.deployHook) {
    const hook3 = inputs.deployHook.reveal();
    mistakes.push(...checkCredentialUrl("deploy-hook", hook3));
    if (/\/deploy\/exs-/.test(hook3)) {
      mistakes.push({
        input: "deploy-hook",
        message: "is the hook of a Blueprint, which deploys no code; take the hook of the web service (srv-…)"
      });
    }
  }
  if (inputs.service !== void 0 && !/^(srv|crn)-[0-9a-z]+$/.test(inputs.service)) {
    mistakes.push({
      input: "service",
      message: `"${inputs.service}" is no id of a Render service; it stands in the dashboard's address and starts with srv-`
    });
  }
  if (!inputs.deployHook && !(inputs.token && inputs.service)) {
    const missing2 = inputs.token ? "service" : "host-token";
    mistakes.push({ input: missing2, message: "is empty; Render needs service and host-token, or deploy-hook alone" });
  }
  return mistakes;
}
function serviceWithApi(inputs) {
  return inputs.token && serviceId(inputs);
}
var render;
var init_render = __esm({
  "src/hosts/render/render.ts"() {
    "use strict";
    init_api();
    init_options();
    init_render_api();
    init_render_preview();
    init_render_rollback();
    init_render_service();
    init_render_source();
    init_render_variables();
    render = {
      title: "Render",
      options: ["api-url", "clear-cache", "image"],
      matches: ({ service, deployHook }) => /^srv-/.test(service ?? "") || /^https:\/\/api\.render\.com\/|\/deploy\/srv-[0-9a-z]+\?key=/.test(deployHook?.reveal() ?? ""),
      check: check2,
      lacks: (_capability, inputs) => serviceWithApi(inputs) === void 0 ? "Render’s deploy hook does nothing but deploy; set host-token, and service where the hook does not name it" : void 0,
      variables: variables3,
      create: (inputs) => {
        const service = serviceWithApi(inputs);
        return service === void 0 ? withHookOnly(inputs) : withApi(inputs, service);
      }
    };
  }
});

// src/hosts/index.ts
var hosts;
var init_hosts = __esm({
  "src/hosts/index.ts"() {
    "use strict";
    init_hook();
    init_render();
    hosts = { render, hook };
  }
});

// src/lib/secret.ts
function secretForms(value) {
  const forms = /* @__PURE__ */ new Set([value, JSON.stringify(value).slice(1, -1), encodeURIComponent(value)]);
  if (URL.canParse(value)) for (const part of urlParts(new URL(value))) forms.add(part);
  for (const line of value.split(/\r?\n/)) forms.add(line.trim());
  return [...forms].filter((form) => form.length >= shortest).sort((a, b) => b.length - a.length);
}
function urlParts(url) {
  const credentials = [url.username, url.password];
  if (!/^https?:$/.test(url.protocol)) return [...credentials, ...credentials.map(safeDecode)];
  const query = url.search.slice(1).split("&").map((pair) => pair.slice(pair.indexOf("=") + 1));
  const path4 = url.pathname.split("/").filter(Boolean);
  const inQuery = [...url.searchParams.values()].some(({ length }) => length >= shortest);
  const isEnd = (part, at2) => at2 === path4.length - 1 && !(inQuery && /^[a-z]+$/.test(part));
  const tokens = path4.filter((part, at2) => isEnd(part, at2) || part.length >= 12 && /\d/.test(part));
  const parts = [...credentials, ...query, ...url.searchParams.values(), ...tokens];
  return [url.href, url.pathname + url.search, url.search.slice(1), ...parts, ...parts.map(safeDecode)];
}
function safeDecode(text2) {
  try {
    return decodeURIComponent(text2);
  } catch {
    return text2;
  }
}
function createRedactor() {
  let forms = [];
  const whole = (text2) => withoutCredentials(forms.reduce((left, form) => left.replaceAll(form, "***"), text2));
  return {
    add(form) {
      forms = [.../* @__PURE__ */ new Set([...forms, form])].sort((a, b) => b.length - a.length);
    },
    whole,
    start(text2) {
      const left = unfinished.reduce((rest, pattern) => rest.replace(pattern, "$1***"), whole(text2));
      for (let length = Math.min(left.length, forms[0]?.length ?? 0); length > 0; length--) {
        const end = left.slice(-length);
        if (forms.some((form) => form.startsWith(end))) return left.slice(0, -length);
      }
      return left;
    }
  };
}
var Secret, shortest, inUrl, inEncodedUrl, unfinished, nobody, withoutCredentials;
var init_secret = __esm({
  "src/lib/secret.ts"() {
    "use strict";
    Secret = class {
      #value;
      constructor(value) {
        this.#value = value;
      }
      reveal() {
        return this.#value;
      }
      toString() {
        return "***";
      }
      toJSON() {
        return "***";
      }
      [/* @__PURE__ */ Symbol.for("nodejs.util.inspect.custom")]() {
        return "***";
      }
    };
    shortest = 8;
    inUrl = /(:(?:\\?\/){2})([^\s/"<>]+)@/g;
    inEncodedUrl = /(%3a%2f%2f)((?:(?!%2f)[^\s/"<>])+)%40/gi;
    unfinished = [/(:(?:\\?\/){2})[^\s/"<>]*$/, /(%3a%2f%2f)(?:(?!%2f)[^\s/"<>])*$/i];
    nobody = "git";
    withoutCredentials = (text2) => text2.replace(inUrl, (whole, start2, user) => user === nobody ? whole : `${start2}***@`).replace(inEncodedUrl, (whole, start2, user) => user === nobody ? whole : `${start2}***%40`);
  }
});

// src/core/http-error.ts
var HttpError;
var init_http_error = __esm({
  "src/core/http-error.ts"() {
    "use strict";
    HttpError = class extends Error {
      name = "HttpError";
      failure;
      sent;
      constructor(failure, message, cause) {
        super(message, { cause });
        this.failure = failure;
        this.sent = failure !== "refused" && failure !== "unresolved" && failure !== "tls" && failure !== "blocked";
      }
    };
  }
});

// src/lib/adaptive-limit.ts
function adaptiveLimit({ start: start2, least, most }, now) {
  let value = Math.min(start2, most);
  let ceiling = most;
  let halved = Number.NEGATIVE_INFINITY;
  let growing = true;
  let rateBefore = 0;
  let round = { since: now, count: 0, amount: 0 };
  function endRound(at2) {
    const rate = round.amount / Math.max(1, at2 - round.since);
    growing = rate >= rateBefore * worthwhile || value > ceiling;
    if (growing) value = Math.min(most, value < ceiling ? Math.ceil(value * growth) : value + Math.ceil(value / 16));
    rateBefore = rate;
    round = { since: at2, count: 0, amount: 0 };
  }
  return {
    get value() {
      return value;
    },
    done(amount, at2) {
      round.count += 1;
      round.amount += amount;
      if (growing && value < most && round.count >= value * 2) endRound(at2);
    },
    slow(at2) {
      if (at2 - halved < halvingLasts) return;
      halved = at2;
      value = Math.max(least, Math.floor(value / 2));
      ceiling = value;
      growing = true;
      rateBefore = 0;
      round = { since: at2, count: 0, amount: 0 };
    }
  };
}
var worthwhile, growth, halvingLasts;
var init_adaptive_limit = __esm({
  "src/lib/adaptive-limit.ts"() {
    "use strict";
    worthwhile = 1.1;
    growth = 1.5;
    halvingLasts = 1e3;
  }
});

// src/lib/weighted-semaphore.ts
function createWeightedSemaphore(limit, room, onDone = () => void 0) {
  let running = 0;
  let taken = 0;
  const waiting = [];
  let first = 0;
  function admit() {
    for (let next = waiting[first]; next; next = waiting[first]) {
      if (running >= limit.value || running > 0 && taken + next.weight > room) return;
      running += 1;
      taken += next.weight;
      first += 1;
      if (first > 1e3 && first * 2 > waiting.length) {
        waiting.splice(0, first);
        first = 0;
      }
      next.start();
    }
  }
  return {
    async run(weight, work) {
      await new Promise((start2) => {
        waiting.push({ weight, start: start2 });
        admit();
      });
      try {
        const result = await work();
        onDone(weight);
        return result;
      } finally {
        running -= 1;
        taken -= weight;
        admit();
      }
    }
  };
}
var init_weighted_semaphore = __esm({
  "src/lib/weighted-semaphore.ts"() {
    "use strict";
  }
});

// src/store/vendors.ts
function vendorOf(endpoint, name) {
  const named = [...vendors, ...selfHosted, generic].find((vendor) => vendor.name === name);
  if (named || endpoint === void 0) return named ?? aws;
  const { hostname } = new URL(endpoint);
  return vendors.find(({ hosts: hosts2 }) => hosts2.test(hostname)) ?? generic;
}
var aws, vendors, generic, selfHosted, vendorNames;
var init_vendors = __esm({
  "src/store/vendors.ts"() {
    "use strict";
    aws = {
      name: "aws",
      hosts: /(^|\.)amazonaws\.com(\.cn)?$/,
      pathStyle: false,
      md5Etags: true,
      partsEtag: true,
      mostParts: 1e4,
      acls: true,
      region: "us-east-1",
      conditional: "yes"
    };
    vendors = [
      aws,
      // Ceph behind a front: conditional PUTs compare the ETag without quotes (seen on Ceph 16.2 and 18.2).
      { ...aws, name: "spaces", hosts: /\.digitaloceanspaces\.com$/, conditional: "unquoted" },
      // ETags of multipart uploads are random; there are no ACLs, and no public access through the endpoint.
      {
        ...aws,
        name: "r2",
        hosts: /\.r2\.cloudflarestorage\.com$/,
        pathStyle: true,
        partsEtag: false,
        acls: false,
        region: "auto"
      },
      // ACLs belong to the bucket; a PUT with one is refused (Backblaze, S3-compatible API, PutObject).
      { ...aws, name: "b2", hosts: /\.backblazeb2\.com$/, acls: false, conditional: "no" },
      // XML API: no multipart ETags of S3's form, conditions by generation and not by ETag.
      {
        ...aws,
        name: "gcs",
        hosts: /(^|\.)storage\.googleapis\.com$/,
        pathStyle: true,
        partsEtag: false,
        region: "auto",
        conditional: "no"
      },
      // At most 1,000 parts (rclone, Scaleway.yaml).
      { ...aws, name: "scaleway", hosts: /\.scw\.cloud$/, mostParts: 1e3 },
      { ...aws, name: "hetzner", hosts: /\.your-objectstorage\.com$/, conditional: "unquoted" },
      { ...aws, name: "linode", hosts: /\.linodeobjects\.com$/, conditional: "unquoted" },
      { ...aws, name: "ovh", hosts: /\.cloud\.ovh\.(net|us)$/, conditional: "no" },
      { ...aws, name: "wasabi", hosts: /\.wasabisys\.com$/, conditional: "no" }
    ];
    generic = {
      ...aws,
      name: "generic",
      hosts: /./,
      pathStyle: true,
      md5Etags: false,
      partsEtag: false,
      mostParts: 1e3,
      conditional: "unknown"
    };
    selfHosted = [
      { ...generic, name: "ceph", md5Etags: true, partsEtag: true, conditional: "unquoted" },
      { ...generic, name: "minio", md5Etags: true, partsEtag: true, acls: false, mostParts: 1e4 }
    ];
    vendorNames = [...vendors, ...selfHosted, generic].map(({ name }) => name);
  }
});

// src/store/ledger-folder.ts
var ledgerFolder;
var init_ledger_folder = __esm({
  "src/store/ledger-folder.ts"() {
    "use strict";
    ledgerFolder = ".deploy-django/";
  }
});

// src/store/s3/s3-error.ts
function mayPass(error2) {
  if (error2 instanceof S3Error) return passingCodes.has(error2.code) || passingStatus.has(error2.status);
  const { code: code2 = "", message = "" } = error2;
  return passingNetwork.test(code2) || passingNetwork.test(message);
}
var S3Error, passingCodes, passingStatus, passingNetwork, slowDown;
var init_s3_error = __esm({
  "src/store/s3/s3-error.ts"() {
    "use strict";
    S3Error = class extends Error {
      name = "S3Error";
      status;
      code;
      retryAfter;
      constructor(status, code2, message, wait) {
        super(message);
        this.status = status;
        this.code = code2;
        this.retryAfter = wait;
      }
    };
    passingCodes = /* @__PURE__ */ new Set([
      "SlowDown",
      "RequestTimeout",
      "InternalError",
      "ServiceUnavailable",
      "OperationAborted",
      "Throttling",
      "RequestThrottled",
      "BadDigest",
      "ConditionalRequestConflict"
    ]);
    passingStatus = /* @__PURE__ */ new Set([429, 500, 502, 503, 504]);
    passingNetwork = /ECONNRESET|EPIPE|ETIMEDOUT|ECONNREFUSED|EAI_AGAIN|UND_ERR_(SOCKET|CONNECT_TIMEOUT|HEADERS_TIMEOUT|BODY_TIMEOUT|CLOSED)/;
    slowDown = (error2) => error2 instanceof S3Error && (error2.code === "SlowDown" || error2.status === 503 || error2.status === 429);
  }
});

// src/store/s3/conditional-put.ts
function createPutIf({ vendor, putBytes, head, remove }) {
  let supported = vendor.conditional !== "no";
  let quotes = vendor.conditional !== "unquoted";
  let probed;
  async function probe2(signal) {
    try {
      await putBytes(probeRequest, nothing, { "if-match": '"0123456789abcdef0123456789abcdef"' }, signal);
    } catch (error2) {
      if (error2 instanceof S3Error && [404, 412].includes(error2.status) && error2.code !== "NoSuchBucket") return true;
      if (error2 instanceof S3Error && [400, 501].includes(error2.status)) return false;
      throw error2;
    }
    await remove(probeRequest.key, signal);
    return false;
  }
  return async (request, condition, signal) => {
    const { body, key } = request;
    if (supported && vendor.conditional === "unknown") {
      probed ??= probe2(signal);
      supported = await probed;
    }
    if (!supported || !(body instanceof Uint8Array)) return "unsupported";
    for (; ; ) {
      const match = quotes ? `"${condition}"` : String(condition);
      const header = condition === null ? { "if-none-match": "*" } : { "if-match": match };
      try {
        return { etag: await putBytes(request, body, header, signal) };
      } catch (error2) {
        if (!(error2 instanceof S3Error)) throw error2;
        if (error2.status === 501 || error2.status === 400 && error2.code !== "BadDigest") {
          supported = false;
          return "unsupported";
        }
        if (![404, 409, 412].includes(error2.status) || error2.code === "NoSuchBucket") throw error2;
        const same2 = condition !== null && quotes && (await head(key, signal))?.etag === condition;
        if (!same2) return "changed";
        quotes = false;
      }
    }
  };
}
var import_node_crypto4, nothing, probeRequest;
var init_conditional_put = __esm({
  "src/store/s3/conditional-put.ts"() {
    "use strict";
    import_node_crypto4 = require("node:crypto");
    init_ledger_folder();
    init_s3_error();
    nothing = Buffer.alloc(0);
    probeRequest = {
      key: `${ledgerFolder}probe`,
      body: nothing,
      md5: (0, import_node_crypto4.hash)("md5", nothing),
      headers: { contentType: "application/octet-stream", cacheControl: "no-store" },
      acl: void 0
    };
  }
});

// src/store/s3/listing-xml.ts
function unescapeXml(text2) {
  if (!text2.includes("&")) return text2;
  return text2.replace(
    /&(?:#x([0-9a-f]+)|#(\d+)|([a-z]+));/gi,
    (whole, hex, decimal, name) => {
      if (hex !== void 0) return String.fromCodePoint(Number.parseInt(hex, 16));
      if (decimal !== void 0) return String.fromCodePoint(Number(decimal));
      return entities[name ?? ""] ?? whole;
    }
  );
}
function element(body, name, from, to) {
  const open6 = `<${name}>`;
  const start2 = body.indexOf(open6, from, "latin1");
  if (start2 < 0 || start2 >= to) return void 0;
  const end = body.indexOf("<", start2 + open6.length, "latin1");
  return body.toString("utf8", start2 + open6.length, end);
}
function xmlText(body, name) {
  const text2 = new RegExp(`<${name}>([^<]*)</${name}>`).exec(Buffer.from(body).toString("utf8"))?.[1];
  return text2 === void 0 ? void 0 : unescapeXml(text2);
}
function parseListing(body) {
  const objects = [];
  let at2 = body.indexOf(opening, 0, "latin1");
  let beyond = 0;
  while (at2 >= 0) {
    const end = body.indexOf(closing, at2, "latin1");
    if (end < 0) break;
    objects.push({
      key: unescapeXml(element(body, "Key", at2, end) ?? ""),
      size: Number(element(body, "Size", at2, end) ?? 0),
      etag: unescapeXml(element(body, "ETag", at2, end) ?? "").replaceAll('"', ""),
      lastModified: Date.parse(element(body, "LastModified", at2, end) ?? "") || 0
    });
    beyond = end + closing.length;
    at2 = body.indexOf(opening, beyond, "latin1");
  }
  const head = body.subarray(
    0,
    body.indexOf(opening, 0, "latin1") < 0 ? body.length : body.indexOf(opening, 0, "latin1")
  );
  const tail = body.subarray(beyond);
  const own = (name) => element(head, name, 0, head.length) ?? element(tail, name, 0, tail.length);
  const text2 = (name) => {
    const found = own(name);
    return found === void 0 || found === "" ? void 0 : unescapeXml(found);
  };
  return {
    objects,
    truncated: own("IsTruncated") === "true",
    token: text2("NextContinuationToken"),
    marker: text2("NextMarker")
  };
}
var entities, opening, closing;
var init_listing_xml = __esm({
  "src/store/s3/listing-xml.ts"() {
    "use strict";
    entities = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };
    opening = "<Contents>";
    closing = "</Contents>";
  }
});

// src/store/s3/list-pages.ts
async function* listPages(prefix2, ask2) {
  const seen2 = /* @__PURE__ */ new Set();
  let query = { prefix: prefix2, "list-type": "2" };
  for (; ; ) {
    const page = parseListing((await ask2(query)).body);
    const first = page.objects[0]?.key;
    const from = page.token ?? page.marker ?? page.objects.at(-1)?.key;
    const again = first !== void 0 && seen2.has(`key ${first}`) || page.truncated && seen2.has(`from ${from}`);
    if (again || page.truncated && from === void 0) throw new Error("a page of the listing came twice");
    yield page.objects;
    if (!page.truncated || from === void 0) return;
    seen2.add(`key ${first}`).add(`from ${from}`);
    query = page.token === void 0 ? { prefix: prefix2, marker: from } : { ...query, "continuation-token": from };
  }
}
var init_list_pages = __esm({
  "src/store/s3/list-pages.ts"() {
    "use strict";
    init_listing_xml();
  }
});

// src/lib/map-limit.ts
async function mapLimit(items, limit, signal, work) {
  const results = new Array(items.length);
  const failures2 = [];
  let next = 0;
  async function lane() {
    while (next < items.length && failures2.length === 0 && !signal.aborted) {
      const index = next++;
      try {
        results[index] = await work(items[index], index);
      } catch (error2) {
        failures2.push(error2);
      }
    }
  }
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, lane));
  if (failures2.length > 0) throw failures2[0];
  signal.throwIfAborted();
  return results;
}
var init_map_limit = __esm({
  "src/lib/map-limit.ts"() {
    "use strict";
  }
});

// src/store/s3/store-failures.ts
function failureCodes(error2) {
  const { name, Code, code: code2, message, $metadata } = error2;
  const status = $metadata?.httpStatusCode;
  const network = rules.flatMap(({ codes }) => codes).find((word) => /^E[A-Z_]+$/.test(word) && message?.includes(word));
  return [Code, code2, network, name, status === void 0 ? void 0 : String(status)].filter(
    (word) => word !== void 0
  );
}
function storeError(error2, place3, doing) {
  if (error2 instanceof DeployError) return error2;
  const named = failureCodes(error2);
  const rule = named.flatMap((word) => rules.find(({ codes }) => codes.includes(word)) ?? []).at(0);
  if (rule) return new DeployError(rule.code, rule.message(place3), { hint: rule.hint(place3), cause: error2 });
  const { message } = error2;
  return new DeployError(
    "BUCKET_FAILED",
    `The ${where(place3)} failed while ${doing}: ${named[0] ?? ""} ${message ?? ""}`.trim(),
    {
      hint: "Nothing was released. Run the job again; what is stored already is not sent again.",
      cause: error2
    }
  );
}
function changedError(file) {
  return new DeployError("UPLOAD_FAILED", `${file} changed while it was being uploaded.`, {
    hint: "Something still writes to the folder. Run the job again when it has finished."
  });
}
var where, rules;
var init_store_failures = __esm({
  "src/store/s3/store-failures.ts"() {
    "use strict";
    init_errors();
    where = ({ bucket, endpoint }) => `bucket "${bucket}" at ${endpoint ?? "AWS"}`;
    rules = [
      {
        codes: ["NoSuchBucket"],
        code: "BUCKET_NOT_FOUND",
        message: (place3) => `There is no ${where(place3)}.`,
        hint: () => "Check the inputs bucket and endpoint. The action makes no bucket; make it at the vendor first."
      },
      {
        codes: ["InvalidAccessKeyId", "SignatureDoesNotMatch", "InvalidClientTokenId", "UnrecognizedClientException"],
        code: "CREDENTIALS_REJECTED",
        message: (place3) => `The ${where(place3)} does not accept these credentials.`,
        hint: () => "Check the secrets behind access-key-id and secret-access-key: both from the same key, without spaces or quotes around them."
      },
      {
        codes: ["ExpiredToken", "ExpiredTokenException", "TokenRefreshRequired", "InvalidToken", "RequestExpired"],
        code: "CREDENTIALS_REJECTED",
        message: (place3) => `The credentials for the ${where(place3)} have expired.`,
        hint: () => "Put the step that gets them directly before this one, or raise its role-duration-seconds."
      },
      {
        codes: [
          "PermanentRedirect",
          "AuthorizationHeaderMalformed",
          "IllegalLocationConstraintException",
          "MovedPermanently",
          "301",
          "307"
        ],
        code: "BUCKET_NOT_FOUND",
        message: (place3) => `The ${where(place3)} is not in the region "${place3.region}".`,
        hint: () => "Set the input region to the bucket's own."
      },
      {
        codes: ["CredentialsProviderError", "NoCredentials"],
        code: "CREDENTIALS_MISSING",
        message: (place3) => `There are no credentials for the ${where(place3)}.`,
        hint: () => 'Pass access-key-id and secret-access-key, or run aws-actions/configure-aws-credentials with "id-token: write" before this step.'
      },
      {
        codes: ["AccessDenied", "AllAccessDisabled", "AccountProblem", "Forbidden", "403"],
        code: "BUCKET_DENIED",
        message: (place3) => `These credentials may not do this with the ${where(place3)}.`,
        hint: () => "They need s3:ListBucket on the bucket, and s3:GetObject and s3:PutObject on its objects."
      },
      {
        codes: [
          "DEPTH_ZERO_SELF_SIGNED_CERT",
          "SELF_SIGNED_CERT_IN_CHAIN",
          "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
          "ERR_TLS_CERT_ALTNAME_INVALID"
        ],
        code: "BUCKET_UNREACHABLE",
        message: (place3) => `Nobody vouches for the certificate of the endpoint ${place3.endpoint ?? "of AWS"}.`,
        hint: () => 'Where the authority is your own, put its certificate into a file, and NODE_EXTRA_CA_CERTS with the path into "env:" of the step.'
      },
      {
        codes: ["CERT_HAS_EXPIRED"],
        code: "BUCKET_UNREACHABLE",
        message: (place3) => `The certificate of the endpoint ${place3.endpoint ?? "of AWS"} has expired.`,
        hint: () => "Renew it on the server of the input endpoint, and look whether the clock of the runner is right."
      },
      {
        codes: ["ENOTFOUND", "EAI_AGAIN", "ECONNREFUSED", "ETIMEDOUT", "EHOSTUNREACH", "TimeoutError"],
        code: "BUCKET_UNREACHABLE",
        message: (place3) => `The endpoint ${place3.endpoint ?? "of AWS"} does not answer.`,
        hint: () => "Check the input endpoint: the address of the service without the bucket, for example https://nyc3.digitaloceanspaces.com"
      }
    ];
  }
});

// src/store/s3/multipart.ts
function partSizeOf(size, mostParts) {
  const needed = Math.ceil(size / mostParts);
  return Math.max(smallestPart, Math.ceil(needed / 2 ** 20) * 2 ** 20);
}
async function readPart(file, offset, length, buffer2) {
  const handle = await (0, import_promises2.open)(file);
  try {
    const { bytesRead } = await handle.read(buffer2, 0, length, offset);
    if (bytesRead !== length) throw changedError(file);
    return buffer2.subarray(0, length);
  } finally {
    await handle.close();
  }
}
async function sendParts(body, partSize, { gate, buffers }, sendPart, signal) {
  const offsets = Array.from({ length: Math.ceil(body.size / partSize) }, (_, index) => index * partSize);
  const parts = await mapLimit(offsets, partsAtOnce, signal, async (offset, index) => {
    const length = Math.min(partSize, body.size - offset);
    const send3 = async (buffer2) => {
      signal.throwIfAborted();
      const bytes = await readPart(body.file, offset, length, buffer2);
      return sendPart(index + 1, bytes, (0, import_node_crypto5.hash)("md5", bytes));
    };
    const ETag = await gate.run(length, () => buffers.lend(partSize, send3));
    return { PartNumber: index + 1, ETag };
  });
  if (!isAsBefore(await (0, import_promises2.stat)(body.file), body)) throw changedError(body.file);
  return parts;
}
async function partsEtag(file, size, partSize) {
  const digests = [];
  const buffer2 = Buffer.allocUnsafe(partSize);
  for (let offset = 0; offset < size; offset += partSize) {
    const part = await readPart(file, offset, Math.min(partSize, size - offset), buffer2);
    digests.push((0, import_node_crypto5.hash)("md5", part, "buffer"));
  }
  return `${(0, import_node_crypto5.hash)("md5", Buffer.concat(digests))}-${digests.length}`;
}
var import_node_crypto5, import_promises2, wholeLimit, smallestPart, partsAtOnce, isAsBefore;
var init_multipart = __esm({
  "src/store/s3/multipart.ts"() {
    "use strict";
    import_node_crypto5 = require("node:crypto");
    import_promises2 = require("node:fs/promises");
    init_map_limit();
    init_store_failures();
    wholeLimit = 16 * 1024 * 1024;
    smallestPart = 16 * 1024 * 1024;
    partsAtOnce = 16;
    isAsBefore = (now, { size, modified }) => now.size === size && now.mtimeMs === modified;
  }
});

// src/store/s3/object-headers.ts
function requestHeaders(headers) {
  const { contentType: contentType2, cacheControl, contentEncoding, contentDisposition, contentLanguage } = headers;
  return {
    "content-type": contentType2,
    ...cacheControl ? { "cache-control": cacheControl } : {},
    ...contentEncoding ? { "content-encoding": contentEncoding } : {},
    ...contentDisposition ? { "content-disposition": contentDisposition } : {},
    ...contentLanguage ? { "content-language": contentLanguage } : {}
  };
}
function sdkHeaders(headers) {
  const { contentType: contentType2, cacheControl, contentEncoding, contentDisposition, contentLanguage } = headers;
  return {
    ContentType: contentType2,
    ...cacheControl ? { CacheControl: cacheControl } : {},
    ...contentEncoding ? { ContentEncoding: contentEncoding } : {},
    ...contentDisposition ? { ContentDisposition: contentDisposition } : {},
    ...contentLanguage ? { ContentLanguage: contentLanguage } : {}
  };
}
function headOf(response) {
  const { headers } = response;
  const text2 = (name) => headers[name] === void 0 ? void 0 : String(headers[name]);
  const names2 = {
    contentType: text2("content-type"),
    cacheControl: text2("cache-control"),
    contentEncoding: text2("content-encoding"),
    contentDisposition: text2("content-disposition"),
    contentLanguage: text2("content-language")
  };
  return {
    size: Number(headers["content-length"] ?? 0),
    etag: unquote(headers.etag),
    lastModified: Date.parse(text2("last-modified") ?? "") || 0,
    headers: Object.fromEntries(Object.entries(names2).filter(([, value]) => value !== void 0)),
    encrypted: isEncrypted(response),
    md5: text2(md5Header)
  };
}
var md5Header, unquote, base64, isEncrypted;
var init_object_headers = __esm({
  "src/store/s3/object-headers.ts"() {
    "use strict";
    md5Header = "x-amz-meta-md5";
    unquote = (etag) => String(etag ?? "").replace(/^(W\/)?"|"$/g, "");
    base64 = (hex) => Buffer.from(hex, "hex").toString("base64");
    isEncrypted = ({ headers }) => String(headers["x-amz-server-side-encryption"] ?? "").startsWith("aws:kms") || headers["x-amz-server-side-encryption-customer-algorithm"] !== void 0;
  }
});

// src/lib/buffers.ts
function createBuffers() {
  const shared = /* @__PURE__ */ new Map();
  let own = { size: 0, free: [] };
  function shelf(size) {
    if (size > largestShared && size < smallestOwn) return void 0;
    if (size >= smallestOwn) {
      if (own.size !== size) own = { size, free: [] };
      return own.free;
    }
    const free = shared.get(size) ?? [];
    shared.set(size, free);
    return free;
  }
  return {
    async lend(size, work) {
      const capacity = size > largestShared ? size : 2 ** Math.ceil(Math.log2(Math.max(1, size)));
      const free = shelf(capacity);
      const buffer2 = free?.pop() ?? Buffer.allocUnsafeSlow(capacity);
      try {
        return await work(buffer2);
      } finally {
        free?.push(buffer2);
      }
    }
  };
}
var largestShared, smallestOwn;
var init_buffers = __esm({
  "src/lib/buffers.ts"() {
    "use strict";
    largestShared = 64 * 1024;
    smallestOwn = 1024 * 1024;
  }
});

// src/store/s3/put.ts
function readSmall(body, buffer2) {
  const { file, size } = body;
  let read2;
  try {
    const handle = (0, import_node_fs3.openSync)(file, "r");
    try {
      if (isAsBefore((0, import_node_fs3.fstatSync)(handle), body)) read2 = (0, import_node_fs3.readSync)(handle, buffer2, 0, size, 0);
    } finally {
      (0, import_node_fs3.closeSync)(handle);
    }
  } catch {
    throw changedError(file);
  }
  if (read2 !== size) throw changedError(file);
  return buffer2.subarray(0, size);
}
async function readLarge({ file, size }, md5) {
  const body = await (0, import_promises3.readFile)(file).catch(() => void 0);
  if (body?.length !== size || (0, import_node_crypto6.hash)("md5", body) !== md5) throw changedError(file);
  return body;
}
function createPut({ transport, sdk, vendor, gate, head, onWithoutAcl }) {
  const buffers = createBuffers();
  let sendAcl = vendor.acls;
  let warned = false;
  async function putBytes(request, body, more, signal) {
    const acl = sendAcl && request.acl ? { "x-amz-acl": request.acl } : {};
    const headers = { ...requestHeaders(request.headers), ...acl, "content-md5": base64(request.md5), ...more };
    const response = await transport.send({ method: "PUT", key: request.key, headers, body }, signal);
    const etag = unquote(response.headers.etag);
    if (vendor.md5Etags && etag !== request.md5 && /^[0-9a-f]{32}$/.test(etag) && !isEncrypted(response)) {
      throw new Error(`the bucket has other bytes under ${request.key} than it was sent`);
    }
    return etag;
  }
  async function putParts(request, body, signal) {
    try {
      return await sendParted(request, body, signal);
    } catch (error2) {
      if (codeOf(error2) !== "NoSuchUpload") throw error2;
      const found = await head(request.key, signal);
      return found?.md5 === request.md5 ? found.etag : sendParted(request, body, signal);
    }
  }
  async function sendParted(request, body, signal) {
    const { key, headers, acl, md5 } = request;
    const frame = { ...sdkHeaders(headers), Metadata: { md5 }, ...sendAcl && acl ? { ACL: acl } : {} };
    const calls = await sdk();
    const uploadId = await calls.beginUpload(key, frame, signal);
    const sendPart = async (number, bytes, partMd5) => {
      const query = { partNumber: String(number), uploadId };
      const sent = await transport.send(
        { method: "PUT", key, query, headers: { "content-md5": base64(partMd5) }, body: bytes },
        signal
      );
      return String(sent.headers.etag);
    };
    try {
      const parts = await sendParts(body, partSizeOf(body.size, vendor.mostParts), { gate, buffers }, sendPart, signal);
      await calls.finishUpload(key, uploadId, parts, signal);
    } catch (error2) {
      await calls.abortUpload(key, uploadId).catch(() => void 0);
      throw error2;
    }
    const found = await head(key, signal);
    if (found?.size !== body.size) throw new Error(`${key} has ${found?.size ?? "no"} bytes after it was sent whole`);
    return found.etag;
  }
  function send3(request, signal) {
    const { body } = request;
    if (body instanceof Uint8Array) return putBytes(request, body, {}, signal);
    if (body.size > wholeLimit) return putParts(request, body, signal);
    const sendSmall = async (buffer2) => {
      signal.throwIfAborted();
      return putBytes(request, readSmall(body, buffer2), {}, signal);
    };
    const sendLarge = async () => {
      signal.throwIfAborted();
      return putBytes(request, await readLarge(body, request.md5), {}, signal);
    };
    return gate.run(body.size, () => body.size <= readAtOnce ? buffers.lend(body.size, sendSmall) : sendLarge());
  }
  function withoutAcls2(acl) {
    sendAcl = false;
    if (!warned) onWithoutAcl(acl);
    warned = true;
  }
  return {
    putBytes,
    /** Stores an object whole or not at all; without an ACL where the bucket takes none. Returns the ETag. */
    async put(request, signal) {
      const { acl } = request;
      if (acl && !vendor.acls) withoutAcls2(acl);
      try {
        return await send3(request, signal);
      } catch (error2) {
        if (!acl || codeOf(error2) !== "AccessControlListNotSupported") throw error2;
        withoutAcls2(acl);
        return send3(request, signal);
      }
    }
  };
}
var import_node_crypto6, import_node_fs3, import_promises3, readAtOnce, codeOf;
var init_put = __esm({
  "src/store/s3/put.ts"() {
    "use strict";
    import_node_crypto6 = require("node:crypto");
    import_node_fs3 = require("node:fs");
    import_promises3 = require("node:fs/promises");
    init_buffers();
    init_multipart();
    init_object_headers();
    init_s3_error();
    init_store_failures();
    readAtOnce = 256 * 1024;
    codeOf = (error2) => error2 instanceof S3Error ? error2.code : error2.name;
  }
});

// src/store/s3/sdk.ts
async function createSdk(options) {
  const s3 = await import("./aws-sdk-client-s3.cjs");
  const { bucket: Bucket, endpoint, region, pathStyle, credentials } = options;
  const client = new s3.S3Client({
    region: async () => region(),
    forcePathStyle: pathStyle,
    maxAttempts: 8,
    requestChecksumCalculation: "WHEN_REQUIRED",
    responseChecksumValidation: "WHEN_REQUIRED",
    ...endpoint === void 0 ? {} : { endpoint },
    ...credentials && { credentials }
  });
  client.middlewareStack.add(
    (next) => (args) => {
      const { headers, query, body } = args.request;
      delete query?.["x-id"];
      if (headers && typeof body === "string" && Object.keys(headers).some((name) => name.startsWith("x-amz-checksum-"))) {
        for (const name of Object.keys(headers)) if (/^x-amz-(sdk-)?checksum-/.test(name)) delete headers[name];
        headers["content-md5"] = (0, import_node_crypto7.hash)("md5", body, "base64");
      }
      return next(args);
    },
    { step: "build", priority: "low", name: "asVendorsTakeIt" }
  );
  return {
    /** The credentials of the chain, fresh ones where the old have expired. */
    async credentials(renew) {
      return client.config.credentials(renew ? { forceRefresh: true } : void 0);
    },
    async beginUpload(key, headers, signal) {
      const command = new s3.CreateMultipartUploadCommand({ Bucket, Key: key, ...headers });
      return (await client.send(command, { abortSignal: signal })).UploadId ?? "";
    },
    async finishUpload(key, UploadId, Parts, signal) {
      const command = new s3.CompleteMultipartUploadCommand({ Bucket, Key: key, UploadId, MultipartUpload: { Parts } });
      await client.send(command, { abortSignal: signal });
    },
    async abortUpload(key, UploadId) {
      await client.send(new s3.AbortMultipartUploadCommand({ Bucket, Key: key, UploadId }));
    },
    /** Uploads below a prefix that were begun and neither finished nor aborted: key and id. */
    async openUploads(Prefix, signal) {
      const found = [];
      let next = {};
      while (next) {
        const page = await sendPage(next);
        for (const { Key = "", UploadId = "" } of page.Uploads ?? []) found.push({ key: Key, id: UploadId });
        const { NextKeyMarker, NextUploadIdMarker } = page;
        next = page.IsTruncated && NextKeyMarker !== void 0 ? { KeyMarker: NextKeyMarker, ...NextUploadIdMarker ? { UploadIdMarker: NextUploadIdMarker } : {} } : void 0;
      }
      return found;
      function sendPage(from) {
        return client.send(new s3.ListMultipartUploadsCommand({ Bucket, Prefix, ...from }), { abortSignal: signal });
      }
    },
    /** Deletes by the thousand, or one by one where the vendor has no such request; returns the failures by key. */
    async deleteObjects(keys, signal) {
      const failed = /* @__PURE__ */ new Map();
      for (let at2 = 0; at2 < keys.length; at2 += deletedAtOnce) {
        const batch = keys.slice(at2, at2 + deletedAtOnce);
        const Delete = { Objects: batch.map((Key) => ({ Key })), Quiet: true };
        try {
          const answer = await client.send(new s3.DeleteObjectsCommand({ Bucket, Delete }), { abortSignal: signal });
          for (const { Key = "", Code, Message } of answer.Errors ?? [])
            failed.set(Key, Message ?? Code ?? "no reason given");
        } catch (error2) {
          signal.throwIfAborted();
          const { name, $metadata } = error2;
          const refused3 = [400, 404, 405, 411, 501].includes($metadata?.httpStatusCode ?? 0);
          if (!refused3 || notOfRequest.test(name ?? "")) throw error2;
          for (const Key of batch) {
            try {
              await client.send(new s3.DeleteObjectCommand({ Bucket, Key }), { abortSignal: signal });
            } catch (single) {
              signal.throwIfAborted();
              const { name: code2, message } = single;
              failed.set(Key, message === "UnknownError" ? code2 : message);
            }
          }
        }
      }
      return failed;
    },
    close: () => client.destroy()
  };
}
var import_node_crypto7, deletedAtOnce, notOfRequest;
var init_sdk = __esm({
  "src/store/s3/sdk.ts"() {
    "use strict";
    import_node_crypto7 = require("node:crypto");
    deletedAtOnce = 1e3;
    notOfRequest = /^(NoSuchBucket|ExpiredToken|InvalidToken|TokenRefreshRequired)/;
  }
});

// src/lib/retry.ts
function backoff(attempt, base, cap, random) {
  return Math.round(Math.min(cap, base * 2 ** (attempt - 1)) * (0.5 + random() / 2));
}
async function retry(work, policy2, tools, signal) {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work(attempt);
    } catch (error2) {
      const again = !signal.aborted && attempt < policy2.attempts && policy2.again(error2);
      if (again === false) throw error2;
      const own = backoff(attempt, policy2.base, policy2.cap, tools.random);
      const wait = again === true ? own : Math.max(own, again);
      if (policy2.until !== void 0 && tools.clock.now() + wait >= policy2.until) throw error2;
      tools.onRetry?.(error2, attempt, wait);
      await tools.clock.sleep(wait, signal);
    }
  }
}
var init_retry = __esm({
  "src/lib/retry.ts"() {
    "use strict";
  }
});

// src/store/s3/signature.ts
function encodeRfc3986(text2) {
  return encodeURIComponent(text2).replace(/[!'()*]/g, (sign2) => `%${sign2.charCodeAt(0).toString(16).toUpperCase()}`);
}
function encodeKey(key) {
  return /^[A-Za-z0-9\-._~/]*$/.test(key) ? key : key.split("/").map(encodeRfc3986).join("/");
}
function encodeQuery(query) {
  return Object.keys(query).sort().map((name) => `${encodeRfc3986(name)}=${encodeRfc3986(query[name] ?? "")}`).join("&");
}
function createSigner(region) {
  let derivedFor = "";
  let second = Number.NaN;
  let secondAsDate = "";
  let derived;
  function signingKey(secret, day) {
    if (!derived || derivedFor !== day + secret) {
      derived = (0, import_node_crypto8.createSecretKey)(hmac(hmac(hmac(hmac(`AWS4${secret}`, day), region), "s3"), "aws4_request"));
      derivedFor = day + secret;
    }
    return derived;
  }
  return (request, credentials, now) => {
    if (Math.floor(now / 1e3) !== second) {
      second = Math.floor(now / 1e3);
      secondAsDate = amzDate(now);
    }
    const date = secondAsDate;
    const day = date.slice(0, 8);
    const headers = {
      ...request.headers,
      host: request.host,
      "x-amz-content-sha256": request.payload,
      "x-amz-date": date
    };
    if (credentials.sessionToken) headers["x-amz-security-token"] = credentials.sessionToken;
    const names2 = Object.keys(headers).filter((name) => name === "host" || name === "content-md5" || name.startsWith("x-amz-")).sort();
    const signed = names2.join(";");
    const lines = names2.map((name) => `${name}:${headers[name]?.trim()}
`).join("");
    const canonical = `${request.method}
${request.path}
${encodeQuery(request.query)}
${lines}
${signed}
${request.payload}`;
    const scope = `${day}/${region}/s3/aws4_request`;
    const toSign = `AWS4-HMAC-SHA256
${date}
${scope}
${(0, import_node_crypto8.hash)("sha256", canonical)}`;
    const signature = hmac(signingKey(credentials.secretAccessKey, day), toSign).toString("hex");
    headers.authorization = `AWS4-HMAC-SHA256 Credential=${credentials.accessKeyId}/${scope}, SignedHeaders=${signed}, Signature=${signature}`;
    return headers;
  };
}
var import_node_crypto8, unsignedPayload, emptyPayload, amzDate, hmac;
var init_signature = __esm({
  "src/store/s3/signature.ts"() {
    "use strict";
    import_node_crypto8 = require("node:crypto");
    unsignedPayload = "UNSIGNED-PAYLOAD";
    emptyPayload = (0, import_node_crypto8.hash)("sha256", "");
    amzDate = (milliseconds) => new Date(milliseconds).toISOString().replace(/[-:]|\.\d{3}/g, "");
    hmac = (key, text2) => (0, import_node_crypto8.createHmac)("sha256", key).update(text2).digest();
  }
});

// src/store/s3/transport.ts
function addressOf({ bucket, endpoint, pathStyle }, region) {
  const url = new URL(endpoint ?? `https://s3.${region}.amazonaws.com`);
  const inPath = pathStyle || url.protocol === "https:" && bucket.includes(".");
  if (!inPath) url.hostname = `${bucket}.${url.hostname}`;
  const path4 = url.pathname.replace(/\/$/, "");
  return { origin: url.origin, host: url.host, prefix: inPath ? `${path4}/${encodeKey(bucket)}` : path4 };
}
function errorOf({ status, headers, body }, now) {
  const code2 = xmlText(body, "Code") ?? String(status);
  const message = xmlText(body, "Message") ?? "";
  const flat = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
  return new S3Error(status, code2, message, retryAfter(flat, now));
}
async function createTransport(options) {
  const { EnvHttpProxyAgent } = await import("./undici.cjs");
  const { clock, silence = 6e4 } = options;
  const agent = new EnvHttpProxyAgent({
    connections: mostConnections,
    pipelining: 1,
    keepAliveTimeout: 3e4,
    headersTimeout: silence,
    bodyTimeout: silence,
    connect: { timeout: 1e4 }
  });
  let { region } = options;
  let sign2 = createSigner(region);
  let address2 = addressOf(options, region);
  let skew = 0;
  let succeeded = 0;
  const live = /* @__PURE__ */ new Set();
  const watched = /* @__PURE__ */ new WeakSet();
  function once3(request, credentials) {
    const { method, key, query = {}, body } = request;
    const path4 = `${address2.prefix}/${encodeKey(key)}`;
    const payload = body === void 0 ? emptyPayload : unsignedPayload;
    const unsigned = { method, path: path4, query, host: address2.host, headers: request.headers ?? {}, payload };
    const headers = sign2(unsigned, credentials, clock.now() + skew);
    const search = encodeQuery(query);
    const { promise, resolve: resolve6, reject } = Promise.withResolvers();
    let status = 0;
    let received;
    let answered = {};
    const chunks = [];
    agent.dispatch(
      {
        origin: address2.origin,
        path: search ? `${path4}?${search}` : path4,
        method,
        headers,
        body: body ?? null,
        // Or undici closes the connection after each HEAD, and the next one has to be opened and secured anew.
        reset: false
      },
      {
        onRequestStart(controller) {
          received = controller;
          live.add(controller);
        },
        onResponseStart(_controller, code2, found) {
          status = code2;
          answered = found;
        },
        onResponseData(_controller, chunk) {
          chunks.push(chunk);
        },
        onResponseEnd() {
          if (received) live.delete(received);
          resolve6({
            status,
            headers: answered,
            body: chunks.length === 1 ? chunks[0] : Buffer.concat(chunks)
          });
        },
        onResponseError(_controller, error2) {
          if (received) live.delete(received);
          reject(error2);
        }
      }
    );
    return promise;
  }
  function fix(error2, response) {
    if (error2.code === "RequestTimeTooSkewed") {
      const theirs = Date.parse(String(response.headers.date));
      if (Number.isNaN(theirs)) return false;
      skew = theirs - clock.now();
      return true;
    }
    const elsewhere = response.headers["x-amz-bucket-region"] ?? xmlText(response.body, "Region");
    const moved = [301, 307, 400].includes(response.status) && typeof elsewhere === "string" && elsewhere !== region;
    if (!moved || options.endpoint !== void 0 && error2.code !== "AuthorizationHeaderMalformed") return false;
    region = elsewhere;
    sign2 = createSigner(region);
    address2 = addressOf(options, region);
    return true;
  }
  async function attempt(request) {
    let renew = false;
    for (let fixed = 0; ; fixed++) {
      const response = await once3(request, await options.credentials(renew));
      if (response.status < 300 || request.method === "HEAD" && response.status === 404) return response;
      const error2 = errorOf(response, clock.now());
      renew = !renew && /^ExpiredToken|^TokenRefreshRequired$/.test(error2.code);
      if (fixed >= 3 || !(renew || fix(error2, response))) throw error2;
    }
  }
  function watch(signal) {
    if (watched.has(signal)) return;
    watched.add(signal);
    const abort = () => {
      for (const controller of live) controller.abort(signal.reason);
    };
    signal.addEventListener("abort", abort, { once: true });
  }
  async function send3(request, signal) {
    watch(signal);
    const succeededBefore = succeeded;
    for (let round = 1; ; round++) {
      signal.throwIfAborted();
      try {
        const response = await attempt(request);
        succeeded += 1;
        return response;
      } catch (error2) {
        signal.throwIfAborted();
        if (slowDown(error2)) options.onSlowDown();
        const putOff = slowDown(error2) || !(error2 instanceof S3Error);
        const most = putOff && succeeded > succeededBefore ? attemptsAmongOthers : attempts;
        if (round >= most || !mayPass(error2)) throw error2;
        const asked = error2 instanceof S3Error ? error2.retryAfter ?? 0 : 0;
        await clock.sleep(Math.max(asked, backoff(round, firstWait, longestWait, options.random)), signal);
      }
    }
  }
  const url = (key) => `${address2.origin}${address2.prefix}/${encodeKey(key)}`;
  return { send: send3, url, region: () => region, close: () => agent.close() };
}
var attempts, attemptsAmongOthers, firstWait, longestWait, mostConnections;
var init_transport = __esm({
  "src/store/s3/transport.ts"() {
    "use strict";
    init_retry();
    init_retry_after();
    init_listing_xml();
    init_s3_error();
    init_signature();
    attempts = 6;
    attemptsAmongOthers = 16;
    firstWait = 200;
    longestWait = 2e4;
    mostConnections = 256;
  }
});

// src/store/s3/s3-store.ts
async function createS3Store(options) {
  const { bucket, clock, random, concurrency } = options;
  const endpoint = serviceEndpoint(options.endpoint, bucket);
  const vendor = vendorOf(endpoint, options.vendor);
  const region = options.region ?? vendor.region;
  const range = concurrency === void 0 ? automatic : { start: concurrency, least: 1, most: concurrency };
  const limit = adaptiveLimit(range, clock.now());
  const gate = createWeightedSemaphore(limit, memory, (bytes) => limit.done(bytes + requestCost, clock.now()));
  const given = options.credentials && {
    accessKeyId: options.credentials.accessKeyId.reveal(),
    secretAccessKey: options.credentials.secretAccessKey.reveal()
  };
  let sdkOnce;
  const sdk = () => {
    const { pathStyle } = vendor;
    sdkOnce ??= createSdk({ bucket, endpoint, pathStyle, region: () => transport.region(), credentials: given });
    return sdkOnce;
  };
  const transport = await createTransport({
    bucket,
    endpoint,
    region,
    pathStyle: vendor.pathStyle,
    clock,
    random,
    credentials: async (renew) => given ?? (await sdk()).credentials(renew),
    onSlowDown: () => limit.slow(clock.now())
  });
  async function guarded(doing, signal, work) {
    try {
      return await work();
    } catch (error2) {
      if (signal.aborted) throw signal.reason;
      throw storeError(error2, { bucket, endpoint, region: transport.region() }, doing);
    }
  }
  async function* list2(prefix2, signal) {
    const pages = listPages(prefix2, (query) => transport.send({ method: "GET", key: "", query }, signal));
    for (; ; ) {
      const next = await guarded(`listing ${prefix2}`, signal, () => pages.next());
      if (next.done) return;
      yield next.value;
    }
  }
  async function look2(key, signal) {
    const response = await transport.send({ method: "HEAD", key }, signal);
    return response.status === 404 ? void 0 : headOf(response);
  }
  async function read2(key, signal) {
    try {
      const { body, headers } = await transport.send({ method: "GET", key }, signal);
      return { body, etag: unquote(headers.etag) };
    } catch (error2) {
      if (error2 instanceof S3Error && error2.code === "NoSuchKey") return void 0;
      throw error2;
    }
  }
  async function remove(key, signal) {
    await transport.send({ method: "DELETE", key }, signal);
  }
  async function abortUploads(keys, signal) {
    const calls = await sdk();
    let aborted = 0;
    for (const key of keys) {
      for (const upload2 of await calls.openUploads(key, signal)) {
        if (upload2.key !== key) continue;
        await calls.abortUpload(key, upload2.id);
        aborted += 1;
      }
    }
    return aborted;
  }
  async function isPublic(key, signal) {
    const url = transport.url(key);
    try {
      const { status } = await options.http({ method: "GET", url, headers: { range: "bytes=0-0" } }, signal);
      return [200, 206, 416].includes(status);
    } catch (error2) {
      if (error2 instanceof HttpError) return false;
      throw error2;
    }
  }
  const onWithoutAcl = (acl) => options.onWarning(withoutAcls(bucket, acl));
  const { put, putBytes } = createPut({ transport, sdk, vendor, gate, head: look2, onWithoutAcl });
  const putIf = createPutIf({ vendor, putBytes, head: look2, remove });
  return {
    name: `s3://${bucket} (${endpoint ?? region})`,
    atOnce: range.most,
    partsEtag: vendor.partsEtag,
    partSize: (size) => size > wholeLimit ? partSizeOf(size, vendor.mostParts) : void 0,
    list: list2,
    head: (key, signal) => guarded(`looking at ${key}`, signal, () => gate.run(0, () => look2(key, signal))),
    get: (key, signal) => guarded(`reading ${key}`, signal, () => read2(key, signal)),
    put: (request, signal) => guarded(`storing ${request.key}`, signal, () => put(request, signal)),
    putIf: (request, condition, signal) => guarded(`storing ${request.key}`, signal, () => putIf(request, condition, signal)),
    delete: async (keys, signal) => keys.length === 0 ? /* @__PURE__ */ new Map() : guarded("deleting", signal, async () => (await sdk()).deleteObjects(keys, signal)),
    abortUploads: (keys, signal) => guarded("looking for uploads that never ended", signal, () => abortUploads(keys, signal)),
    isPublic: (key, signal) => guarded(`looking at ${key}`, signal, () => isPublic(key, signal)),
    async close() {
      await transport.close();
      (await sdkOnce)?.close();
    }
  };
}
function serviceEndpoint(endpoint, bucket) {
  if (endpoint === void 0) return void 0;
  const url = new URL(endpoint);
  const rest = url.hostname.slice(bucket.length + 1);
  if (url.hostname.startsWith(`${bucket}.`) && (rest.split(".").length > 2 || rest === "localhost"))
    url.hostname = rest;
  return url.href.replace(/\/$/, "");
}
var automatic, memory, requestCost, withoutAcls;
var init_s3_store = __esm({
  "src/store/s3/s3-store.ts"() {
    "use strict";
    init_http_error();
    init_adaptive_limit();
    init_weighted_semaphore();
    init_vendors();
    init_conditional_put();
    init_list_pages();
    init_multipart();
    init_object_headers();
    init_put();
    init_s3_error();
    init_sdk();
    init_store_failures();
    init_transport();
    automatic = { start: 64, least: 4, most: 256 };
    memory = 96 * 1024 * 1024;
    requestCost = 64 * 1024;
    withoutAcls = (bucket, acl) => `The bucket "${bucket}" takes no ACLs, so "${acl}" was not set. Make its objects public by a bucket policy, and leave out acl and media-acl.`;
  }
});

// src/workflow/annotations.ts
function withinLimits(log) {
  const shown = { notice: 0, warning: 0, error: 0 };
  const limited = (level) => (message, at2) => {
    if (shown[level]++ < mostAnnotations) return log[level](message, at2);
    const place3 = at2 ? `${at2.file}${at2.line ? `:${at2.line}` : ""}: ` : "";
    log.info(`${level}: ${place3}${message}`);
  };
  return { ...log, notice: limited("notice"), warning: limited("warning"), error: limited("error") };
}
var mostAnnotations;
var init_annotations = __esm({
  "src/workflow/annotations.ts"() {
    "use strict";
    mostAnnotations = 10;
  }
});

// src/project/python/deploy_django_steps/checks.py
var checks_default;
var init_checks = __esm({
  "src/project/python/deploy_django_steps/checks.py"() {
    checks_default = '"""What `check --deploy` finds, and what `makemigrations --check` would write; neither needs a database."""\n\nimport inspect\nimport os\n\nfrom .model_differences import differences_of\nfrom .outcome import real_path\n\n\ndef run_checks():\n    """Messages of `check --deploy` that are not silenced: level, id, text, and the file of their model or app."""\n    from django.core import checks\n\n    found = []\n    for message in checks.run_checks(include_deployment_checks=True):\n        if message.is_silenced():\n            continue\n        file = line = None\n        if inspect.isclass(message.obj):\n            try:\n                file = real_path(inspect.getsourcefile(message.obj))\n                line = inspect.getsourcelines(message.obj)[1]\n            except (OSError, TypeError):\n                pass\n        found.append(\n            {\n                "level": message.level,\n                "id": message.id,\n                "text": str(message.msg),\n                "hint": str(message.hint) if message.hint else None,\n                "object": str(message.obj) if message.obj is not None else None,\n                "file": file,\n                "line": line,\n            }\n        )\n    return found\n\n\ndef find_model_changes(outcome):\n    """What `makemigrations --check` would write, by app, and conflicting leaf migrations."""\n    from django.apps import apps\n    from django.core.management.commands.makemigrations import Command\n    from django.db.migrations.autodetector import MigrationAutodetector\n    from django.db.migrations.loader import MigrationLoader\n    from django.db.migrations.questioner import MigrationQuestioner\n    from django.db.migrations.state import ProjectState\n\n    loader = MigrationLoader(None, ignore_no_migrations=True)\n    # Without one order there is no state to compare with.\n    conflicts = {app: sorted(names) for app, names in loader.detect_conflicts().items()}\n    if conflicts:\n        return {"changes": [], "conflicts": conflicts}\n    autodetector = getattr(Command, "autodetector", MigrationAutodetector)\n    state = loader.project_state()\n    detector = autodetector(state, ProjectState.from_apps(apps), MigrationQuestioner(dry_run=True))\n    changes = detector.changes(graph=loader.graph)\n    found = []\n    for label in sorted(changes):\n        operations = [operation for migration in changes[label] for operation in migration.operations]\n        differences, sql = differences_of(label, operations, state, detector.deep_deconstruct)\n        path = apps.get_app_config(label).path\n        models = os.path.join(path, "models.py")\n        found.append(\n            {\n                "app": label,\n                "own": outcome.owns(os.path.join(path, "__init__.py")) or outcome.owns(models),\n                "file": os.path.realpath(models) if os.path.isfile(models) else None,\n                "operations": [operation.describe() for operation in operations],\n                "differences": differences,\n                "sql": sql,\n            }\n        )\n    return {"changes": found, "conflicts": {}}\n';
  }
});

// src/project/python/deploy_django_steps/collect.py
var collect_default;
var init_collect = __esm({
  "src/project/python/deploy_django_steps/collect.py"() {
    collect_default = `"""collectstatic, and where it failed, everything that its files name and nobody has."""

import os
import re

from .launch import COMMAND
from .outcome import real_path
from .storages import use_local_storage


def collect(static_root):
    """Runs collectstatic; returns the folder that it filled and its manifest, which OPTIONS of a storage can move."""
    from django.contrib.staticfiles.storage import staticfiles_storage
    from django.core.management import call_command

    use_local_storage(static_root)
    call_command(COMMAND, interactive=False, verbosity=1)
    manifest = None
    if hasattr(staticfiles_storage, "manifest_name"):
        keeper = getattr(staticfiles_storage, "manifest_storage", staticfiles_storage)
        manifest = os.path.realpath(keeper.path(staticfiles_storage.manifest_name))
    return {"root": os.path.realpath(staticfiles_storage.location), "manifest": manifest}


def find_missing_references(sources):
    """Django stops at the first file that is not there. This goes on with each, and keeps who names it, and in which line."""
    from django.contrib.staticfiles.storage import staticfiles_storage
    from django.core.exceptions import SuspiciousOperation

    if not hasattr(staticfiles_storage, "url_converter"):
        return []
    files = {}
    for source in reversed(sources):
        files[source.name] = source
    missing = {}
    url_converter = staticfiles_storage.url_converter

    def forgiving_converter(name, *args, **options):
        convert = url_converter(name, *args, **options)

        def forgiving(match):
            try:
                return convert(match)
            except (ValueError, SuspiciousOperation) as error:
                url = match.groupdict().get("url") or match.group()
                named = re.search(r"The file '(.*)' could not be found", str(error))
                entry = {
                    "name": name.replace(os.sep, "/"),
                    "file": real_path(name in files and files[name].file()),
                    "line": match.string.count("\\n", 0, match.start()) + 1,
                    "url": url,
                    "target": named.group(1) if named else None,
                }
                # A file is rewritten several times, each time with the same mistakes.
                missing.setdefault((name, url), entry)
                return match.group()

        return forgiving

    staticfiles_storage.url_converter = forgiving_converter
    try:
        for _ in staticfiles_storage.post_process({name: (one.storage, one.path) for name, one in files.items()}):
            pass
    finally:
        staticfiles_storage.url_converter = url_converter
    return sorted(missing.values(), key=lambda entry: (entry["name"], entry["line"]))
`;
  }
});

// src/project/python/deploy_django_steps/launch.py
var launch_default;
var init_launch = __esm({
  "src/project/python/deploy_django_steps/launch.py"() {
    launch_default = '"""Puts the steps where manage.py expects the command `collectstatic`, and a SECRET_KEY where the settings have none."""\n\nimport secrets\n\nCOMMAND = "collectstatic"\n\n\ndef install_command(handle):\n    """Makes `manage.py collectstatic` call `handle`, once all apps are set up; every other command stays."""\n    from django.core.management import ManagementUtility\n    from django.core.management.base import BaseCommand\n\n    class Steps(BaseCommand):\n        requires_system_checks = []\n        requires_migrations_checks = False\n\n        def add_arguments(self, parser):\n            parser.add_argument("--noinput", action="store_true")\n\n        def handle(self, *args, **options):\n            handle()\n\n    fetch_command = ManagementUtility.fetch_command\n\n    def fetch(utility, subcommand):\n        if subcommand != COMMAND:\n            return fetch_command(utility, subcommand)\n        if utility.settings_exception is not None:\n            raise utility.settings_exception\n        return Steps()\n\n    ManagementUtility.fetch_command = fetch\n\n\ndef fill_empty_secret_key(note):\n    """Many production settings read SECRET_KEY with an empty default, and Django dies of it when it is first used."""\n    from django.conf import Settings\n\n    make = Settings.__init__\n\n    def init(settings, module):\n        make(settings, module)\n        if not getattr(settings, "SECRET_KEY", None):\n            settings.SECRET_KEY = secrets.token_urlsafe(50)\n            note("SECRET_KEY")\n\n    Settings.__init__ = init\n';
  }
});

// src/project/python/deploy_django_steps/missing.py
var missing_default;
var init_missing = __esm({
  "src/project/python/deploy_django_steps/missing.py"() {
    missing_default = `"""Which environment variables an exception says are missing, in the words of each library that reads them."""

import os
import re
import traceback

from .settings_source import variables_in_line

NAME = r"""["'\`]?\\b([A-Z][A-Z0-9_]{2,})["'\`]?"""
LACKS = r"(?:is |was |must be |has to be )?(?:not set|unset|not found|not defined|missing|required|undefined|set|defined|empty)\\b"
VARIABLE = r"env(?:ironment)?[ -]?var(?:iable)?s?"

# decouple, django-environ, environs, django-configurations, and what people write by hand. These say that it is a variable of
# the environment, so that the name may be that of a setting of Django's, too.
OF_ENVIRONMENT = [
    re.compile(pattern)
    for pattern in (
        r"^([A-Za-z][A-Za-z0-9_]*) not found\\. Declare it as envvar",
        r"(?i:set the) ([A-Za-z][A-Za-z0-9_]*) (?i:%s)" % VARIABLE,
        r"is required to be set as the environment variable '([A-Za-z][A-Za-z0-9_]*)'",
        r"(?i:%s):? %s (?i:%s)" % (VARIABLE, NAME, LACKS),
        r"(?i:missing|required|undefined|no) (?i:%s):? %s" % (VARIABLE, NAME),
        r"%s (?i:%s) (?i:%s)" % (NAME, VARIABLE, LACKS),
        r"\\b(?i:set|define|provide|export) (?:the )?%s .*\\b[Ee]nvironment" % NAME,
        r"%s (?i:%s).* (?i:in|as|from) (?i:the |your |an )?(?i:environment|%s|\\.env)" % (NAME, LACKS, VARIABLE),
    )
]
# And these may be about a setting.
OF_EITHER = [re.compile(r"%s (?:is |was )?(?:not set|missing|required|must be set)\\b" % NAME)]


def chain(error):
    """An exception and what it was raised from, the outermost first."""
    seen = []
    while error is not None and error not in seen:
        seen.append(error)
        error = error.__cause__ or error.__context__
    return seen


def is_setting(name):
    """A message such as "STATIC_ROOT must be set" is about a setting of Django's, not about the environment."""
    from django.conf import global_settings

    return name != "SECRET_KEY" and hasattr(global_settings, name)


def from_environ(error):
    """os.environ["NAME"]: the exception was raised by the mapping itself."""
    if not isinstance(error, KeyError) or len(error.args) != 1:
        return []
    last = error.__traceback__
    while last is not None and last.tb_next is not None:
        last = last.tb_next
    raised_by_os = last is not None and last.tb_frame.f_globals.get("__name__") == "os"
    return [error.args[0]] if raised_by_os and isinstance(error.args[0], str) else []


def from_pydantic(error):
    """pydantic-settings names fields; their variables have the prefix of the class, which stands in its frames."""
    if type(error).__name__ != "ValidationError" or not callable(getattr(error, "errors", None)):
        return []
    settings = None
    frame = error.__traceback__
    while frame is not None and settings is None:
        for name in ("self", "__pydantic_self__"):
            config = getattr(type(frame.tb_frame.f_locals.get(name)), "model_config", None)
            if isinstance(config, dict) and "env_prefix" in config:
                settings = type(frame.tb_frame.f_locals[name])
        frame = frame.tb_next
    if settings is None:
        return []
    prefix = settings.model_config["env_prefix"]
    missing = [entry["loc"][0] for entry in error.errors() if entry["type"] == "missing" and len(entry["loc"]) == 1]
    # An alias is the whole name of its variable.
    return [(prefix + name if name in settings.model_fields else name).upper() for name in missing]


def from_environs(error):
    """environs can keep its mistakes until env.seal(), and then names all of them."""
    messages = getattr(error, "error_messages", None)
    if not isinstance(messages, dict):
        return []
    return [name for name, texts in messages.items() if any("not set" in str(text) for text in texts)]


def from_secret_value(error):
    """django-configurations names the setting of a SecretValue; its variable has the prefix DJANGO_."""
    found = re.match(r"Secret value '([A-Z][A-Z0-9_]*)' is not set$", str(error))
    return ["DJANGO_" + found.group(1)] if found else []


def from_message(error):
    for pattern in OF_ENVIRONMENT:
        found = pattern.search(str(error))
        if found:
            return [found.group(1)]
    for pattern in OF_EITHER:
        found = pattern.search(str(error))
        if found and not is_setting(found.group(1)):
            return [found.group(1)]
    return []


def from_line(error):
    """\`os.environ.get("HOSTS").split(",")\`: a value that is None, and the line says where it was to come from."""
    if not isinstance(error, (AttributeError, TypeError, ValueError)):
        return []
    text = str(error)
    if "NoneType" not in text and not (isinstance(error, ValueError) and re.search(r"literal|convert|''", text)):
        return []
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if "site-packages" not in frame.filename]
    for frame in reversed(frames):
        names = variables_in_line(frame.filename, frame.lineno)
        if names:
            return names
    return []


def missing_variables(error):
    """Names of variables that are not in the environment and that this exception asks for."""
    readers = (from_environ, from_pydantic, from_environs, from_secret_value, from_message, from_line)
    for one in chain(error):
        for reader in readers:
            try:
                names = [name for name in reader(one) if name not in os.environ]
            except ImportError:  # Django itself is missing.
                names = []
            if names:
                return names
    return []


def import_error(error):
    """The import that an exception is about: many libraries, and manage.py, raise another one that names no module."""
    for one in chain(error):
        if isinstance(one, ImportError) and one.name:
            return {"module": one.name, "message": str(one)}
    return None


def innermost(error):
    """What an exception was raised from in the end, where that says more than the exception itself: "Unable to configure handler"."""
    last = chain(error)[-1]
    text = str(last)
    if last is error or not text or text in str(error) or isinstance(last, (KeyError, AttributeError, StopIteration)):
        return None
    return {"type": type(last).__name__, "message": text}


def is_about_database(error):
    """Whether a database could not be asked. A migration graph that is at odds with itself is not that."""
    try:
        from django.db.utils import DatabaseError, InterfaceError
    except ImportError:
        return False
    return any(isinstance(one, (DatabaseError, InterfaceError)) for one in chain(error))
`;
  }
});

// src/project/python/deploy_django_steps/model_differences.py
var model_differences_default;
var init_model_differences = __esm({
  "src/project/python/deploy_django_steps/model_differences.py"() {
    model_differences_default = '"""What of a model differs from its migrations: which argument of which field, and whether that is a change at all."""\n\nimport os\n\n# Arguments that no database knows (django.db.models.Field.non_db_attrs, and what only Python reads).\nWITHOUT_SQL = {\n    "blank",\n    "choices",\n    "editable",\n    "error_messages",\n    "help_text",\n    "limit_choices_to",\n    "on_delete",\n    "related_name",\n    "related_query_name",\n    "validators",\n    "verbose_name",\n    "storage",\n    "upload_to",\n    "path",\n    "match",\n    "recursive",\n    "allow_files",\n    "allow_folders",\n    "auto_created",\n    "serialize",\n    "default",\n}\nOPERATIONS_WITHOUT_SQL = {"AlterModelOptions", "AlterModelManagers"}\nLONGEST = 100\n\n\ndef shown(value):\n    """A value for people: of an object only what it is, because its arguments may be anybody\'s secrets."""\n    plain = (str, int, float, bool, bytes, type(None), list, tuple, set, frozenset, dict, os.PathLike)\n    if callable(value) and hasattr(value, "__qualname__"):\n        text = f"{value.__module__}.{value.__qualname__}"\n    elif isinstance(value, plain):\n        text = repr(value)\n    else:\n        text = f"{type(value).__module__}.{type(value).__qualname__}(…)"\n    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"\n\n\ndef kind_of(argument, before, after):\n    """"machine": it is another on each machine; "order": the same values in another order; "change" is what makemigrations is for."""\n    if argument in ("path", "storage") or isinstance(before, os.PathLike) or isinstance(after, os.PathLike):\n        return "machine"\n    absolute = [isinstance(value, str) and os.path.isabs(value) for value in (before, after)]\n    if argument in ("upload_to", "default") and all(absolute):\n        return "machine"\n    if isinstance(before, (list, tuple)) and isinstance(after, (list, tuple)):\n        if sorted(map(repr, before)) == sorted(map(repr, after)):\n            return "order"\n    return "change"\n\n\ndef arguments(field):\n    _, path, args, kwargs = field.deconstruct()\n    return {"the class": path, **{f"argument {at + 1}": value for at, value in enumerate(args)}, **kwargs}\n\n\ndef field_differences(model, name, before, after, deconstruct):\n    """What Django\'s own comparison calls different, argument by argument."""\n    old, new = arguments(before), arguments(after)\n    unset = "not set"\n    return [\n        {\n            "model": model,\n            "field": name,\n            "argument": key,\n            "before": shown(old[key]) if key in old else unset,\n            "after": shown(new[key]) if key in new else unset,\n            "kind": kind_of(key, old.get(key), new.get(key)),\n        }\n        for key in sorted({*old, *new})\n        if deconstruct(old.get(key, unset)) != deconstruct(new.get(key, unset))\n    ]\n\n\ndef option_differences(model, before, after):\n    return [\n        {\n            "model": model,\n            "field": None,\n            "argument": key,\n            "before": shown(before.get(key)),\n            "after": shown(after.get(key)),\n            "kind": kind_of(key, before.get(key), after.get(key)),\n        }\n        for key in sorted({*before, *after})\n        if before.get(key) != after.get(key)\n    ]\n\n\ndef differences_of(app, operations, state, deconstruct):\n    """(differences, whether a database would be changed) of the operations that makemigrations would write for an app.\n\n    `state` is what the migrations say, `deconstruct` how Django\'s autodetector takes values apart to compare them.\n    """\n    found = []\n    sql = False\n    for operation in operations:\n        kind = type(operation).__name__\n        name = getattr(operation, "model_name_lower", None) or getattr(operation, "name_lower", "")\n        model = state.models.get((app, name))\n        if kind == "AlterField" and model and operation.name in model.fields:\n            differs = field_differences(\n                model.name, operation.name, model.fields[operation.name], operation.field, deconstruct\n            )\n            found += differs\n            counts = [one for one in differs if one["kind"] != "order"]\n            sql = sql or not differs or any(one["argument"] not in WITHOUT_SQL for one in counts)\n        elif kind == "AlterModelOptions" and model:\n            keys = set(getattr(operation, "ALTER_OPTION_KEYS", ())) | set(operation.options)\n            before = {key: value for key, value in model.options.items() if key in keys}\n            found += option_differences(model.name, before, operation.options)\n        else:\n            sql = sql or kind not in OPERATIONS_WITHOUT_SQL\n    return found, sql\n';
  }
});

// src/project/python/deploy_django_steps/outcome.py
var outcome_default;
var init_outcome = __esm({
  "src/project/python/deploy_django_steps/outcome.py"() {
    outcome_default = `"""What is known so far, kept on disk after every change, so that a step which ends the process hides no other."""

import json
import os
import traceback

from .missing import import_error, innermost, is_about_database, missing_variables


class Outcome:
    def __init__(self, path, project_root):
        self.path = path
        self.project_root = os.path.realpath(project_root)
        self.data = {"failures": [], "throw_away": []}

    def set(self, name, value):
        self.data[name] = value
        self.write()

    def fail(self, step, error):
        """Keeps an exception: its type, message, and the frames of the project's own files, innermost last."""
        frames = [
            {"file": os.path.realpath(frame.filename), "line": frame.lineno}
            for frame in traceback.extract_tb(error.__traceback__)
            if self.owns(frame.filename)
        ]
        if isinstance(error, SyntaxError) and error.filename and self.owns(error.filename):
            frames.append({"file": os.path.realpath(error.filename), "line": error.lineno or 1})
        variables = missing_variables(error)
        self.data["failures"].append(
            {
                "step": step,
                "type": type(error).__name__,
                "import_error": import_error(error),
                "message": str(error),
                "cause": innermost(error),
                "variables": variables,
                "database": is_about_database(error),
                "frames": frames,
            }
        )
        # A variable that is not set is named with its line, and often the next start has it.
        if not variables:
            traceback.print_exception(type(error), error, error.__traceback__)
        self.write()

    def holds(self, path):
        """Whether a path is within the project, and not within an installed package."""
        real = os.path.realpath(path)
        return (real + os.sep).startswith(self.project_root + os.sep) and "site-packages" not in real

    def owns(self, filename):
        return self.holds(filename) and os.path.isfile(filename)

    def write(self):
        partial = self.path + ".part"
        with open(partial, "w", encoding="utf-8") as file:
            json.dump(self.data, file, default=str)
        os.replace(partial, self.path)


def real_path(path):
    """Every path in the outcome is a real one, so that the reader can compare it with real ones."""
    return os.path.realpath(path) if path else None
`;
  }
});

// src/project/python/deploy_django_steps/probe.py
var probe_default;
var init_probe = __esm({
  "src/project/python/deploy_django_steps/probe.py"() {
    probe_default = `"""The settings that the deploy follows, after everything that manage.py does to choose them."""

import os
import sys

from .outcome import real_path
from .settings_source import find_assignments, find_siblings
from .storages import describe_storage


def static_location():
    """The folder that a local staticfiles storage has of its own, by OPTIONS or by its class; None is STATIC_ROOT."""
    from django.conf import settings
    from django.contrib.staticfiles.storage import staticfiles_storage

    try:
        location = getattr(staticfiles_storage, "location", None)
    except Exception:  # A remote storage that wants its network, or one that wants the manifest. Collecting will tell.
        return None
    own = isinstance(location, str) and os.path.isabs(location)
    return real_path(location) if own and location != os.path.abspath(settings.STATIC_ROOT or "") else None


def old_storages():
    """Class paths in the settings that STORAGES has replaced, for whoever has to write it."""
    from django.conf import settings

    found = {name: getattr(settings, name, None) for name in ("STATICFILES_STORAGE", "DEFAULT_FILE_STORAGE")}
    return {name: path for name, path in found.items() if isinstance(path, str)}


def media_url():
    """MEDIA_URL where it is set; Django makes "/" of the empty one."""
    from django.conf import settings

    return settings.MEDIA_URL if getattr(settings._wrapped, "MEDIA_URL", "") else None


def database():
    """The engine of the default database, and the folder of its SQLite file where that is not there."""
    from django.conf import settings

    default = settings.DATABASES.get("default") or {}
    engine, name = default.get("ENGINE") or "", str(default.get("NAME") or "")
    on_disk = engine.endswith(("sqlite3", "spatialite")) and name and name != ":memory:" and not name.startswith("file:")
    folder = os.path.dirname(os.path.abspath(name)) if on_disk else None
    return {
        "engine": engine or "django.db.backends.dummy",
        "missing_folder": real_path(folder) if folder and not os.path.isdir(folder) else None,
    }


def probe(outcome, given_module):
    import django
    from django.conf import settings

    module = sys.modules.get(settings.SETTINGS_MODULE)
    file = real_path(getattr(module, "__file__", None))
    static_storage = describe_storage("staticfiles", "STATICFILES_STORAGE")
    if static_storage and static_storage["local"]:
        static_storage["location"] = static_location()
    return {
        "django": django.get_version(),
        "python": "%d.%d.%d" % sys.version_info[:3],
        "settings_module": settings.SETTINGS_MODULE,
        "settings_file": file,
        # Neither an input nor the environment named this module.
        "chosen_by_manage_py": settings.SETTINGS_MODULE != given_module,
        "siblings": find_siblings(settings.SETTINGS_MODULE, file),
        "assigned": find_assignments(settings.SETTINGS_MODULE, outcome.owns),
        # Names alone: values of settings are nobody's business.
        "overridden": sorted(getattr(settings._wrapped, "_explicit_settings", [])),
        "old_storages": old_storages(),
        "silenced": [str(one) for one in settings.SILENCED_SYSTEM_CHECKS],
        "database": database(),
        "debug": bool(settings.DEBUG),
        "allowed_hosts": [str(host) for host in settings.ALLOWED_HOSTS],
        "csrf_trusted_origins": [str(origin) for origin in settings.CSRF_TRUSTED_ORIGINS],
        "csrf": any(path.endswith(".CsrfViewMiddleware") for path in settings.MIDDLEWARE),
        "ssl_redirect": bool(settings.SECURE_SSL_REDIRECT),
        "proxy_ssl_header": settings.SECURE_PROXY_SSL_HEADER is not None,
        "whitenoise": any(path.startswith("whitenoise.") for path in settings.MIDDLEWARE),
        "static_url": settings.STATIC_URL,
        "static_root": str(settings.STATIC_ROOT) if settings.STATIC_ROOT else None,
        "media_url": media_url(),
        "media_root": real_path(settings.MEDIA_ROOT),
        "static_storage": static_storage,
        "media_storage": describe_storage("default", "DEFAULT_FILE_STORAGE"),
    }
`;
  }
});

// src/project/python/deploy_django_steps/reproducible.py
var reproducible_default;
var init_reproducible = __esm({
  "src/project/python/deploy_django_steps/reproducible.py"() {
    reproducible_default = '"""Two builds of a commit give equal bytes: what Django leaves to the machine is put in order."""\n\nimport gzip\nimport os\n\n\ndef sort_listings():\n    """os.listdir has another order on each machine, and before Django 6 it gets into staticfiles.json."""\n    from django.core.files.storage import FileSystemStorage\n\n    listdir = FileSystemStorage.listdir\n\n    def sorted_listdir(storage, path):\n        folders, files = listdir(storage, path)\n        return sorted(folders), sorted(files)\n\n    FileSystemStorage.listdir = sorted_listdir\n\n\ndef stop_gzip_clock():\n    """A gzip file holds the time at which it was written; here that is the time of the commit, where it is known."""\n    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")\n    if not epoch.isdigit():\n        return\n    init, compress = gzip.GzipFile.__init__, gzip.compress\n\n    def init_at_commit(file, filename=None, mode=None, compresslevel=9, fileobj=None, mtime=None):\n        init(file, filename, mode, compresslevel, fileobj, int(epoch) if mtime is None else mtime)\n\n    def compress_at_commit(data, compresslevel=9, *, mtime=None):\n        return compress(data, compresslevel, mtime=int(epoch) if mtime is None else mtime)\n\n    gzip.GzipFile.__init__ = init_at_commit\n    gzip.compress = compress_at_commit\n';
  }
});

// src/project/python/deploy_django_steps/settings_source.py
var settings_source_default;
var init_settings_source = __esm({
  "src/project/python/deploy_django_steps/settings_source.py"() {
    settings_source_default = `"""Where each setting is assigned, read off the settings module and what it star-imports within the project."""

import ast
import os
import re
import sys

VARIABLE = re.compile(r"[A-Z][A-Z0-9_]{2,}$")


def is_literal(node):
    try:
        ast.literal_eval(node)
    except (ValueError, TypeError, SyntaxError, RecursionError):
        return False
    return True


def unique(names):
    return list(dict.fromkeys(names))


def asked_names(node):
    """Texts that an expression asks something for: environ["X"], env("X"), environ.get("X", …), "X" in environ."""
    for part in ast.walk(node):
        if isinstance(part, ast.Call) and part.args:
            asked = part.args[0]
        elif isinstance(part, ast.Subscript):
            # Python 3.8 has a node of its own around it.
            asked = part.slice.value if type(part.slice).__name__ == "Index" else part.slice
        elif isinstance(part, ast.Compare) and isinstance(part.ops[0], (ast.In, ast.NotIn)):
            asked = part.left
        else:
            continue
        if isinstance(asked, ast.Constant) and isinstance(asked.value, str):
            yield asked.value


class Reader:
    """
    Assignments in the order in which they run. A setting is literal where nothing outside the file can change it; and it
    has the environment variables that decide it and are not set, by its value, by conditions, and by other settings in both.
    """

    def __init__(self, owns):
        self.owns = owns
        self.found = {}
        # Of names that are no settings, the variables that decide them: prod = bool(environ.get("IN_PRODUCTION")).
        self.helpers = {}
        self.seen = set()

    def read(self, module):
        file = getattr(module, "__file__", None)
        if module is None or not file or file in self.seen or not self.owns(file):
            return
        self.seen.add(file)
        try:
            with open(file, encoding="utf-8-sig") as source:
                tree = ast.parse(source.read())
        except (OSError, ValueError, SyntaxError):
            return
        self.visit(tree.body, module, os.path.realpath(file), True, [])

    def variables(self, node):
        names = [name for name in asked_names(node) if VARIABLE.match(name) and name not in os.environ]
        for part in ast.walk(node):
            if isinstance(part, ast.Name) and part.id in self.found:
                names += self.found[part.id]["variables"]
            elif isinstance(part, ast.Name) and part.id in self.helpers:
                names += self.helpers[part.id]
        return names

    def visit(self, body, module, file, certain, deciding):
        for node in body:
            if isinstance(node, (ast.Assign, ast.AnnAssign)) and node.value is not None:
                targets = node.targets if isinstance(node, ast.Assign) else [node.target]
                for target in targets:
                    self.assign(target, node, file, certain, deciding)
            elif isinstance(node, ast.AugAssign):
                self.touch(node.target, node, file, deciding)
            elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
                self.call(node.value, file)
            elif isinstance(node, ast.ImportFrom) and any(alias.name == "*" for alias in node.names):
                self.star_import(node, module, certain)
            elif isinstance(node, ast.ClassDef):
                # django-configurations keeps settings in classes, of which one is chosen.
                self.visit(node.body, module, file, False, deciding)
            elif not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                within = deciding + self.variables(node.test) if isinstance(node, ast.If) else deciding
                for name in ("body", "orelse", "finalbody"):
                    self.visit(getattr(node, name, []), module, file, False, within)
                for handler in getattr(node, "handlers", []):
                    self.visit(handler.body, module, file, False, within)

    def assign(self, target, node, file, certain, deciding):
        if isinstance(target, ast.Tuple):
            for part in target.elts:
                self.assign(part, node, file, False, deciding)
        elif isinstance(target, ast.Name) and not target.id.isupper():
            self.helpers[target.id] = unique(deciding + self.variables(node.value))
        elif not certain or isinstance(target, ast.Subscript):
            self.touch(target, node, file, deciding + self.variables(node.value))
        elif isinstance(target, ast.Name) and target.id.isupper():
            self.found[target.id] = {
                "file": file,
                "line": node.lineno,
                "literal": is_literal(node.value),
                "variables": unique(deciding + self.variables(node.value)),
            }

    def touch(self, target, node, file, deciding):
        """Something in a setting changes: it stays where it was first written, and what it holds is open."""
        while isinstance(target, (ast.Subscript, ast.Attribute)):
            target = target.value
        if isinstance(target, ast.Name) and target.id.isupper():
            setting = self.found.setdefault(target.id, {"file": file, "line": node.lineno, "variables": []})
            setting["literal"] = False
            setting["variables"] = unique(setting["variables"] + deciding)

    def call(self, call, file):
        if isinstance(call.func, ast.Attribute):
            self.touch(call.func.value, call, file, [])
        names = {getattr(getattr(argument, "func", None), "id", None) for argument in call.args}
        if names & {"locals", "globals", "vars"}:
            self.doubt()

    def doubt(self):
        for setting in self.found.values():
            setting["literal"] = False

    def star_import(self, node, module, certain):
        parts = (module.__package__ or "").split(".") if node.level else []
        base = parts[: len(parts) - node.level + 1] if node.level else []
        name = ".".join([*base, *([node.module] if node.module else [])])
        imported = sys.modules.get(name)
        if imported is None:
            # A local_settings that the host has and the checkout has not.
            self.doubt()
            return
        self.read(imported)
        if not certain:
            self.doubt()


def find_assignments(settings_module, owns):
    """{name: {"file", "line", "literal", "variables"}} of every setting that the project's own files assign."""
    reader = Reader(owns)
    reader.read(sys.modules.get(settings_module))
    return reader.found


def find_siblings(settings_module, file):
    """Full names of the modules beside the settings module, itself left out; of a package, those in it."""
    if not file:
        return []
    names = {name[:-3] for name in os.listdir(os.path.dirname(file)) if name.endswith(".py")}
    if os.path.basename(file) == "__init__.py":
        return sorted(f"{settings_module}.{name}" for name in names - {"__init__"})
    package, _, own = settings_module.rpartition(".")
    return sorted(".".join(filter(None, [package, name])) for name in names - {own, "__init__"})


def variables_in_line(file, line):
    """Environment variables that are not set and that the statement in this line asks for, by itself or by a name that it uses."""
    try:
        with open(file, encoding="utf-8-sig") as source:
            tree = ast.parse(source.read())
    except (OSError, ValueError, SyntaxError):
        return []
    statements = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.stmt) and node.lineno <= line <= getattr(node, "end_lineno", node.lineno)
    ]
    if not statements:
        return []
    inner = min(statements, key=lambda node: getattr(node, "end_lineno", node.lineno) - node.lineno)
    nodes = [inner]
    used = {part.id for part in ast.walk(inner) if isinstance(part, ast.Name)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and node is not inner:
            nodes += [node.value for target in node.targets if isinstance(target, ast.Name) and target.id in used]
    names = [name for node in nodes for name in asked_names(node)]
    return unique(name for name in names if VARIABLE.match(name) and name not in os.environ)
`;
  }
});

// src/project/python/deploy_django_steps/static_sources.py
var static_sources_default;
var init_static_sources = __esm({
  "src/project/python/deploy_django_steps/static_sources.py"() {
    static_sources_default = '"""What the finders offer, looked at before anything is collected."""\n\nimport filecmp\nimport os\n\nUSUAL_PATTERNS = ["CVS", ".*", "*~"]\n\n\nclass Source:\n    """One file that a finder offers, under the name that it will have."""\n\n    def __init__(self, name, path, storage):\n        self.name = name\n        self.path = path\n        self.storage = storage\n\n    def file(self):\n        """Its path on disk; None where the finder\'s storage is none."""\n        try:\n            return self.storage.path(self.path)\n        except NotImplementedError:\n            return None\n\n\ndef list_sources():\n    """Every file in the order in which collectstatic takes them: of two with a name the first counts."""\n    from django.apps import apps\n    from django.contrib.staticfiles import finders\n\n    installed = apps.is_installed("django.contrib.staticfiles")\n    patterns = apps.get_app_config("staticfiles").ignore_patterns if installed else USUAL_PATTERNS\n    return [\n        Source(os.path.join(getattr(storage, "prefix", None) or "", path), path, storage)\n        for finder in finders.get_finders()\n        for path, storage in finder.list(patterns)\n    ]\n\n\ndef tracked_files(request):\n    """Real paths of what git holds in the whole checkout; the caller has asked git, in whose answer names end with a zero byte."""\n    path = request.get("tracked")\n    if not path:\n        return frozenset()\n    with open(path, encoding="utf-8", errors="surrogateescape") as file:\n        return frozenset(os.path.realpath(os.path.join(request["workspace"], name)) for name in file.read().split("\\0") if name)\n\n\ndef find_escaping_links(sources, request):\n    """Static files whose symbolic link leaves the folder that a finder offers; collectstatic would copy their target.\n\n    What git holds in the checkout is the project\'s own to publish.\n    """\n    escaping = []\n    tracked = None\n    for source in sources:\n        file = source.file()\n        if file is None:\n            continue\n        root = os.path.realpath(source.storage.path(""))\n        target = os.path.realpath(file)\n        if target == root or target.startswith(root + os.sep):\n            continue\n        tracked = tracked_files(request) if tracked is None else tracked\n        if target not in tracked:\n            escaping.append({"file": os.path.join(root, source.path), "target": target})\n    return escaping\n\n\ndef find_duplicates(sources, owns):\n    """Files that are left out because another with other bytes has their name.\n\n    A project that replaces a file of an installed package does so on purpose, and of two packages nobody here can rename one.\n    """\n    first = {}\n    duplicates = []\n    for source in sources:\n        file = source.file()\n        taken = first.setdefault(source.name, file)\n        if file is None or taken is None or os.path.realpath(file) == os.path.realpath(taken):\n            continue\n        if owns(file) and not filecmp.cmp(taken, file, shallow=False):\n            duplicates.append(\n                {"name": source.name, "used": os.path.realpath(taken), "ignored": os.path.realpath(file)}\n            )\n    return duplicates\n\n\nCROWD = 20_000\n\n\ndef find_crowded(sources):\n    """Folders that offer more static files than any site has: `node_modules` as a whole, or the root of the project."""\n    counts = {}\n    for source in sources:\n        try:\n            folder = source.storage.path("")\n        except NotImplementedError:\n            continue\n        counts[folder] = counts.get(folder, 0) + 1\n    return [\n        {"folder": os.path.realpath(folder), "files": files} for folder, files in counts.items() if files >= CROWD\n    ]\n';
  }
});

// src/project/python/deploy_django_steps/steps.py
var steps_default;
var init_steps = __esm({
  "src/project/python/deploy_django_steps/steps.py"() {
    steps_default = '"""Everything that is done inside Django, each step apart."""\n\nimport os\n\nfrom .checks import find_model_changes, run_checks\nfrom .collect import collect, find_missing_references\nfrom .probe import probe\nfrom .reproducible import sort_listings\nfrom .static_sources import find_crowded, find_duplicates, find_escaping_links, list_sources\nfrom .templates import find_missing_in_templates\nfrom .unmade import find_unmade\n\n\ndef run_steps(request, outcome, given_module):\n    def step(name, function):\n        try:\n            return function()\n        except (Exception, SystemExit) as error:\n            outcome.fail(name, error)\n        return None\n\n    sort_listings()\n    project = step("probe", lambda: probe(outcome, given_module))\n    if project is None:\n        return\n    outcome.set("project", project)\n    if request["checks"]:\n        outcome.set("checks", step("checks", run_checks))\n    if request["only_start"]:\n        outcome.set("finished", True)\n        return\n    if request["migrations"]:\n        outcome.set("migrations", step("migrations", lambda: find_model_changes(outcome)))\n    sources = step("links", list_sources)\n    if sources is not None:\n        escaping = step("links", lambda: find_escaping_links(sources, request))\n        outcome.set("escaping", escaping)\n        if request["checks"]:\n            outcome.set("duplicates", step("sources", lambda: find_duplicates(sources, outcome.owns)))\n            outcome.set("templates", step("sources", lambda: find_missing_in_templates(sources, outcome)))\n            outcome.set("crowded", step("sources", lambda: find_crowded(sources)))\n            outcome.set("unmade", step("sources", lambda: find_unmade(sources, outcome)))\n        if escaping == []:\n            collect_static_files(request, outcome, sources, step)\n    outcome.set("finished", True)\n\n\ndef look_at_settings(outcome, given_module):\n    """What the settings themselves say, where they were read and an app or a database driver does not load after them."""\n    try:\n        from django.conf import settings\n\n        if settings.configured and not outcome.data.get("project"):\n            outcome.set("project", probe(outcome, given_module))\n    except Exception:  # The failure that stands there already says more.\n        pass\n\n\ndef collect_static_files(request, outcome, sources, step):\n    root = request["static_root"]\n    os.makedirs(root, exist_ok=True)\n    collected = step("collect", lambda: collect(root))\n    outcome.set("collected", collected)\n    if collected is None:\n        # What cannot be looked at adds nothing to the failure that stands there already.\n        try:\n            outcome.set("missing", find_missing_references(sources))\n        except Exception:\n            outcome.set("missing", [])\n';
  }
});

// src/project/python/deploy_django_steps/storages.py
var storages_default;
var init_storages = __esm({
  "src/project/python/deploy_django_steps/storages.py"() {
    storages_default = '"""The project\'s storages: where they keep files, and one that keeps them on disk and does all else as theirs does."""\n\nimport os\n\n\ndef storage_settings(alias, old_name):\n    """(class path, OPTIONS) of a storage, from STORAGES or, before Django 5.1, from the setting it replaced."""\n    import django\n    from django.conf import settings\n\n    if django.VERSION >= (4, 2):\n        entry = settings.STORAGES.get(alias) or {}\n        return entry.get("BACKEND"), entry.get("OPTIONS") or {}\n    return getattr(settings, old_name), {}\n\n\ndef remote_options(cls, options):\n    """Where a django-storages class puts its files, with its own precedence: OPTIONS, then class, then settings.\n\n    Nothing is connected to, and no key is read.\n    """\n    defaults = {}\n    if hasattr(cls, "get_default_settings"):\n        defaults = cls.get_default_settings(cls.__new__(cls))\n    wanted = {\n        "bucket": "bucket_name",\n        "endpoint": "endpoint_url",\n        "region": "region_name",\n        "location": "location",\n        "custom_domain": "custom_domain",\n    }\n\n    def option(attribute):\n        return options.get(attribute, getattr(cls, attribute, None) or defaults.get(attribute))\n\n    values = {name: option(attribute) for name, attribute in wanted.items()}\n    found = {name: value for name, value in values.items() if isinstance(value, str) and value}\n    # A class that turns it off says False, which "or" would pass over.\n    signs = options.get("querystring_auth", getattr(cls, "querystring_auth", defaults.get("querystring_auth")))\n    return {**found, "signs_urls": bool(signs)}\n\n\ndef is_hashed(cls):\n    from django.contrib.staticfiles.storage import HashedFilesMixin\n\n    return issubclass(cls, HashedFilesMixin)\n\n\ndef is_strict(cls):\n    """Whether the app answers 500 where a page asks for a file that the manifest has not."""\n    from django.conf import settings\n\n    strict = bool(getattr(cls, "manifest_strict", False))\n    if any(base.__module__.startswith("whitenoise.") for base in cls.__mro__):\n        return bool(getattr(settings, "WHITENOISE_MANIFEST_STRICT", strict))\n    return strict\n\n\ndef describe_storage(alias, old_name):\n    """A storage as JSON: class path, whether it is on disk and where, whether it hashes names, its bucket."""\n    from django.core.files.storage import FileSystemStorage\n    from django.utils.module_loading import import_string\n\n    backend, options = storage_settings(alias, old_name)\n    if not backend:\n        return None\n    cls = import_string(backend)\n    local = issubclass(cls, FileSystemStorage)\n    described = {"backend": backend, "local": local, "hashed": is_hashed(cls), "strict": is_strict(cls)}\n    if not local:\n        described["remote"] = remote_options(cls, options)\n    return described\n\n\ndef collecting_class(remote, location, base_url):\n    """A class that names, rewrites and lists files as `remote` does, and keeps them on disk at `location`.\n\n    Its method resolution order is that of `remote` with Django\'s own file storage put between the hashing classes\n    and the remote ones. So `super()` works in every subclass of the project\'s, and hashed_name(), patterns,\n    manifest_strict and the like are the project\'s own, while nothing reaches the network.\n    """\n    from django.contrib.staticfiles.storage import HashedFilesMixin, StaticFilesStorage\n\n    class Disk(StaticFilesStorage):\n        def __init__(self, *args, **options):\n            defaults = self.get_default_settings() if hasattr(self, "get_default_settings") else {}\n            for name, value in {**defaults, **options}.items():\n                if not hasattr(self, name):\n                    setattr(self, name, value)\n            super().__init__(location, base_url)\n\n    class DiskFirst(type):\n        def mro(cls):\n            order = type.mro(cls)\n            disk = [c for c in Disk.__mro__ if c is not object]\n            rest = [c for c in order if c not in disk and c is not object]\n            cut = 1 + max([i for i, c in enumerate(rest) if issubclass(c, HashedFilesMixin)], default=0)\n            return rest[:cut] + disk + rest[cut:] + [object]\n\n    # Set in the class itself, because subclasses of django-storages use `location` for a key prefix.\n    body = {"location": os.path.abspath(location), "base_location": location, "base_url": base_url}\n    return DiskFirst("CollectedStaticFilesStorage", (remote, Disk), body)\n\n\ndef use_local_storage(static_root):\n    """Makes collectstatic write to `static_root`, whatever storage the project has."""\n    import django\n    from django.conf import settings\n    from django.contrib.staticfiles import storage as staticfiles\n    from django.core.files.storage import FileSystemStorage\n    from django.utils.functional import empty\n    from django.utils.module_loading import import_string\n\n    settings.STATIC_ROOT = static_root\n    backend, _ = storage_settings("staticfiles", "STATICFILES_STORAGE")\n    cls = import_string(backend)\n    if not issubclass(cls, FileSystemStorage):\n        staticfiles.CollectedStaticFilesStorage = collecting_class(cls, static_root, settings.STATIC_URL)\n        path = "django.contrib.staticfiles.storage.CollectedStaticFilesStorage"\n        if django.VERSION >= (4, 2):\n            settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": path}}\n        if django.VERSION < (5, 1):\n            settings.STATICFILES_STORAGE = path\n    if django.VERSION >= (4, 2):\n        from django.core.files.storage import storages\n\n        # What was made before knows the old settings.\n        storages.__dict__.pop("backends", None)\n        storages._backends = None\n        storages._storages = {}\n    staticfiles.staticfiles_storage._wrapped = empty\n';
  }
});

// src/project/python/deploy_django_steps/templates.py
var templates_default;
var init_templates = __esm({
  "src/project/python/deploy_django_steps/templates.py"() {
    templates_default = `"""Templates of the project's own that ask for a static file which no finder has."""

import difflib
import os
import re

TAG = re.compile(r"""(?:\\{%-?\\s*static|\\{\\{-?\\s*static\\()\\s*(["'])([^"'{}]+)\\1""")
COMMENT = re.compile(r"\\{#.*?#\\}|\\{%\\s*(comment|verbatim)\\b.*?%\\}.*?\\{%\\s*end\\1\\b.*?%\\}", re.DOTALL)
LARGEST = 1_000_000


def template_folders(holds):
    """Folders of the project's own that its template engines look into."""
    from django.template import engines
    from django.template.utils import get_app_template_dirs

    folders = [str(folder) for engine in engines.all() for folder in engine.dirs]
    folders += [str(folder) for name in ("templates", "jinja2") for folder in get_app_template_dirs(name)]
    return sorted({os.path.realpath(folder) for folder in folders if holds(folder)})


def own_templates(holds):
    """(name, path) of every template of the project's own."""
    for folder in template_folders(holds):
        for parent, folders, files in os.walk(folder):
            folders[:] = sorted(name for name in folders if name not in ("node_modules", "__pycache__"))
            for name in sorted(files):
                file = os.path.join(parent, name)
                if holds(file) and os.path.isfile(file) and os.path.getsize(file) <= LARGEST:
                    yield os.path.relpath(file, folder).replace(os.sep, "/"), file


def read_template(file):
    """Its text without what is commented out; the line breaks stay, so that lines keep their numbers."""
    with open(file, encoding="utf-8", errors="replace") as template:
        return COMMENT.sub(lambda found: "\\n" * found.group().count("\\n"), template.read())


def find_missing_in_templates(sources, outcome):
    known = {source.name.replace(os.sep, "/") for source in sources}
    templates = list(own_templates(outcome.holds))
    found = [(name, entry) for name, file in templates for entry in missing_in(file, known)]
    used = used_templates(outcome, templates) if found else lambda name: True
    return [{**entry, "used": used(name), "similar": similar_name(entry["name"], known)} for name, entry in found]


def missing_in(file, known):
    text = read_template(file)
    return [
        {"file": file, "line": text.count("\\n", 0, found.start()) + 1, "name": found.group(2)}
        for found in TAG.finditer(text)
        if is_missing(found.group(2), known)
    ]


def similar_name(name, known):
    """A file that is there and was likely meant: the same name in another folder or case, or one that differs by a letter."""
    base = name.rsplit("/", 1)[-1].lower()
    same = sorted(one for one in known if one.rsplit("/", 1)[-1].lower() == base)
    if same:
        return same[0]
    extension = os.path.splitext(base)[1]
    near = difflib.get_close_matches(name, sorted(one for one in known if one.lower().endswith(extension)), 1, 0.8)
    return near[0] if near else None


TEMPLATE_NAME = re.compile(r"""["']([^"'\\n]*\\.(?:html?|txt|xml|jinja2?|j2|svg|md|mjml|djhtml))["']""")
DYNAMIC = re.compile(r"\\{%-?\\s*(?:include|extends)\\s+(?![\\"'])")
# Names that Django, its admin and its generic views make themselves.
BY_CONVENTION = re.compile(
    r"(^|/)(4\\d\\d|5\\d\\d|base\\w*)\\.html$|^(admin|registration|account|socialaccount|wagtail\\w*|cms|rest_framework|django)/"
    r"|_(list|detail|form|confirm_delete|archive\\w*)\\.html$"
)


def used_templates(outcome, templates):
    """A function that says whether anything may render a template: a name in Python or in another template, or a convention."""
    named, patterns = set(), []
    texts = [read_template(file) for _, file in templates]
    if any(DYNAMIC.search(text) for text in texts):
        return lambda name: True
    for parent, folders, files in os.walk(outcome.project_root):
        folders[:] = [
            name
            for name in folders
            if name not in ("node_modules", "__pycache__", "site-packages")
            and not name.startswith(".")
            and not os.path.exists(os.path.join(parent, name, "pyvenv.cfg"))
        ]
        for name in files:
            if name.endswith(".py"):
                with open(os.path.join(parent, name), encoding="utf-8", errors="replace") as source:
                    texts.append(source.read())
    for text in texts:
        for found in TEMPLATE_NAME.findall(text):
            if "{" in found or "%" in found:
                patterns.append(re.compile(".*".join(map(re.escape, re.split(r"\\{[^}]*\\}|%\\(?\\w*\\)?[sdr]", found))) + "$"))
            else:
                named.add(found.lstrip("./"))

    def used(name):
        by_name = any(name == one or name.endswith("/" + one) for one in named)
        return by_name or bool(BY_CONVENTION.search(name)) or any(pattern.match(name) for pattern in patterns)

    return used


def is_missing(name, known):
    path = re.split(r"[?#]", name, maxsplit=1)[0].strip()
    # A name with a slash at its end is that of a folder, which no storage hashes.
    return path != "" and not path.endswith("/") and os.path.normpath(path).replace(os.sep, "/") not in known
`;
  }
});

// src/project/python/deploy_django_steps/unmade.py
var unmade_default;
var init_unmade = __esm({
  "src/project/python/deploy_django_steps/unmade.py"() {
    unmade_default = `"""What a tool of an installed app has to make before or after collectstatic, and without which pages fail."""

import os
import re

from .templates import own_templates, read_template

SASS = re.compile(r"""\\{%-?\\s*sass_src\\s+["']([^"'{}]+)["']""")


def is_on(name, default):
    from django.conf import settings

    return bool(getattr(settings, name, default))


def uses_of(tag, templates):
    """The first place in the project's own templates that uses a tag; None where none does."""
    pattern = re.compile(r"\\{%%-?\\s*%s\\b" % tag)
    for file, text in templates:
        found = pattern.search(text)
        if found:
            return {"file": file, "line": text.count("\\n", 0, found.start()) + 1}
    return None


def of_compressor(templates):
    from django.conf import settings

    on = is_on("COMPRESS_ENABLED", not settings.DEBUG) and is_on("COMPRESS_OFFLINE", False)
    place = on and uses_of("compress", templates)
    if not place:
        return []
    folder = getattr(settings, "COMPRESS_OUTPUT_DIR", "CACHE")
    manifest = getattr(settings, "COMPRESS_OFFLINE_MANIFEST", "manifest.json")
    name = "/".join(part for part in (folder, manifest) if part)
    root = getattr(settings, "COMPRESS_ROOT", None)
    return [{"tool": "compressor", "name": name, "path": root and os.path.join(str(root), name), **place}]


def of_sass(templates, known):
    from django.conf import settings

    if is_on("SASS_PROCESSOR_ENABLED", settings.DEBUG):
        return []
    found = {}
    for file, text in templates:
        for match in SASS.finditer(text):
            name = os.path.splitext(match.group(1))[0] + ".css"
            if name not in known:
                entry = {"tool": "sass_processor", "name": name, "path": None}
                found.setdefault(name, {**entry, "file": file, "line": text.count("\\n", 0, match.start()) + 1})
    return list(found.values())


def of_webpack(templates):
    from django.conf import settings

    place = uses_of("(?:render_bundle|get_files|webpack_static)", templates)
    configurations = getattr(settings, "WEBPACK_LOADER", None) or {}
    if not place or not isinstance(configurations, dict):
        return []
    paths = [str(one.get("STATS_FILE") or "webpack-stats.json") for one in configurations.values() if isinstance(one, dict)]
    return [
        {"tool": "webpack_loader", "name": os.path.basename(path), "path": os.path.abspath(path), **place}
        for path in paths
        if not os.path.exists(path)
    ]


def of_one_file(tool, tag, name, templates, known):
    place = uses_of(tag, templates)
    return [{"tool": tool, "name": name, "path": None, **place}] if place and name not in known else []


def of_translations(templates, known):
    place = uses_of("statici18n", templates)
    made = any(name.endswith("/djangojs.js") for name in known)
    return [{"tool": "statici18n", "name": "jsi18n", "path": None, **place}] if place and not made else []


def find_unmade(sources, outcome):
    from django.apps import apps

    tools = {
        "compressor": lambda: of_compressor(templates),
        "sass_processor": lambda: of_sass(templates, known),
        "webpack_loader": lambda: of_webpack(templates),
        "tailwind": lambda: of_one_file("tailwind", "tailwind_css", "css/dist/styles.css", templates, known),
        "statici18n": lambda: of_translations(templates, known),
    }
    installed = [name for name in tools if apps.is_installed(name)]
    if not installed:
        return []
    known = {source.name.replace(os.sep, "/") for source in sources}
    templates = [(file, read_template(file)) for _, file in own_templates(outcome.holds)]
    return [entry for name in installed for entry in tools[name]()]
`;
  }
});

// src/project/python/django_steps.py
var django_steps_default;
var init_django_steps = __esm({
  "src/project/python/django_steps.py"() {
    django_steps_default = '"""Runs a Django project\'s own manage.py once, and in that one process: probe, checks, migrations, collectstatic.\n\n    python django_steps.py REQUEST.json\n\nREQUEST is {"manage_py": path, "project_root": path, "workspace": path of the checkout, "tracked": path of a list of what git\nholds in it, "static_root": path to collect to, "outcome": path to write, "checks": bool, "migrations": bool, "only_start": bool}. The outcome is JSON, written anew after every step; src/project/django/outcome.ts\nsays what is in it. It goes to a file and never to stdout, because settings modules print. The project is started as manage.py\nwould start it (cwd, sys.path, argv[1] == "collectstatic") because settings modules read all of these. Standard library only;\nPython 3.8 and Django 3.2 are the oldest that it meets.\n"""\n\nimport json\nimport os\nimport runpy\nimport sys\n\nHERE = os.path.dirname(os.path.abspath(__file__))\nwhile HERE in sys.path:\n    sys.path.remove(HERE)\nsys.path.insert(0, HERE)\n\nfrom deploy_django_steps.launch import COMMAND, fill_empty_secret_key, install_command  # noqa: E402\nfrom deploy_django_steps.outcome import Outcome  # noqa: E402\nfrom deploy_django_steps.reproducible import stop_gzip_clock  # noqa: E402\nfrom deploy_django_steps.steps import look_at_settings, run_steps  # noqa: E402\n\n# From here on the project\'s own modules are found, and ours are loaded already.\nsys.path.remove(HERE)\n\n\ndef main():\n    with open(sys.argv[1], encoding="utf-8") as file:\n        request = json.load(file)\n    outcome = Outcome(request["outcome"], request["project_root"])\n    manage_py = request["manage_py"]\n    given_module = os.environ.get("DJANGO_SETTINGS_MODULE")\n    os.chdir(os.path.dirname(manage_py))\n    # `python manage.py` puts the folder of manage.py first, and where that is a link, the folder of what it links to.\n    sys.path.insert(0, os.path.dirname(os.path.realpath(manage_py)))\n    sys.argv = [os.path.basename(manage_py), COMMAND, "--noinput"]\n    try:\n        stop_gzip_clock()\n        fill_empty_secret_key(lambda name: outcome.set("throw_away", [name]))\n        install_command(lambda: run_steps(request, outcome, given_module))\n        runpy.run_path(manage_py, run_name="__main__")\n    except (Exception, SystemExit) as error:\n        if not outcome.data.get("finished"):\n            outcome.fail("start", error)\n            look_at_settings(outcome, given_module)\n    outcome.write()\n\n\nmain()\n';
  }
});

// src/runner/django-steps.ts
var steps;
var init_django_steps2 = __esm({
  "src/runner/django-steps.ts"() {
    "use strict";
    init_checks();
    init_collect();
    init_launch();
    init_missing();
    init_model_differences();
    init_outcome();
    init_probe();
    init_reproducible();
    init_settings_source();
    init_static_sources();
    init_steps();
    init_storages();
    init_templates();
    init_unmade();
    init_django_steps();
    steps = {
      "django_steps.py": django_steps_default,
      "deploy_django_steps/checks.py": checks_default,
      "deploy_django_steps/collect.py": collect_default,
      "deploy_django_steps/launch.py": launch_default,
      "deploy_django_steps/missing.py": missing_default,
      "deploy_django_steps/model_differences.py": model_differences_default,
      "deploy_django_steps/outcome.py": outcome_default,
      "deploy_django_steps/probe.py": probe_default,
      "deploy_django_steps/reproducible.py": reproducible_default,
      "deploy_django_steps/settings_source.py": settings_source_default,
      "deploy_django_steps/static_sources.py": static_sources_default,
      "deploy_django_steps/steps.py": steps_default,
      "deploy_django_steps/storages.py": storages_default,
      "deploy_django_steps/templates.py": templates_default,
      "deploy_django_steps/unmade.py": unmade_default
    };
  }
});

// src/runner/http-client.ts
function isForbiddenAddress(address2) {
  return forbidden.check(address2, (0, import_node_net.isIPv6)(address2) ? "ipv6" : "ipv4");
}
function toHttpError(error2, url, timeout2) {
  const { code: code2 = "", message, name, cause } = error2;
  if (error2 instanceof HttpError) return error2;
  if (cause instanceof HttpError) return cause;
  if (name === "TimeoutError")
    return new HttpError("timeout", `${url.host} did not answer in ${timeout2 / 1e3} s`, error2);
  const tls = /CERT|SSL|TLS|SELF_SIGNED|UNABLE_TO/.test(code2);
  const failure = tls ? "tls" : refusals[code2] ?? "other";
  return new HttpError(failure, `${url.host}: ${code2 || message}`, error2);
}
async function readBody(body) {
  const chunks = [];
  let size = 0;
  for await (const chunk of body) {
    chunks.push(chunk);
    size += chunk.length;
    if (size >= bodyLimit) break;
  }
  return Buffer.concat(chunks).subarray(0, bodyLimit);
}
function decodeBody(body, encoding) {
  const options = { finishFlush: import_node_zlib.constants.Z_SYNC_FLUSH, maxOutputLength: 4 * bodyLimit };
  try {
    const name = encoding?.trim().toLowerCase();
    if (name === "gzip" || name === "x-gzip") return (0, import_node_zlib.gunzipSync)(body, options);
    if (name === "deflate") return (0, import_node_zlib.inflateSync)(body, options);
    if (name === "br") return (0, import_node_zlib.brotliDecompressSync)(body, { maxOutputLength: options.maxOutputLength });
  } catch {
    return body;
  }
  return body;
}
function createHttp(userAgent) {
  let dispatcher;
  const connect = async () => {
    const { EnvHttpProxyAgent } = await import("./undici.cjs");
    return new EnvHttpProxyAgent({ connect: { lookup: guardedLookup, timeout: 1e4 }, keepAliveTimeout: 4e3 });
  };
  const http = async (request, signal) => {
    const url = new URL(request.url);
    const timeout2 = request.timeout ?? 3e4;
    const literal = url.hostname.replace(/^\[|\]$/g, "");
    if ((0, import_node_net.isIP)(literal) && isForbiddenAddress(literal)) {
      throw new HttpError("blocked", `${url.host} is a metadata address, and no part of a deploy`);
    }
    dispatcher ??= connect();
    const { request: send3 } = await import("./undici.cjs");
    try {
      const answer = await send3(url, {
        dispatcher: await dispatcher,
        method: request.method,
        headers: { "user-agent": userAgent, "accept-encoding": "gzip, br", ...request.headers },
        body: request.body ?? null,
        signal: AbortSignal.any([signal, AbortSignal.timeout(timeout2)])
      });
      const headers = {};
      for (const [name, value] of Object.entries(answer.headers)) {
        if (value !== void 0) headers[name] = Array.isArray(value) ? value.join(", ") : value;
      }
      const body = await readBody(answer.body);
      return { status: answer.statusCode, headers, body: decodeBody(body, headers["content-encoding"]) };
    } catch (error2) {
      if (signal.aborted) throw signal.reason;
      throw toHttpError(error2, url, timeout2);
    }
  };
  return Object.assign(http, { close: async () => (await dispatcher)?.close() });
}
var import_node_dns, import_node_net, import_node_zlib, forbidden, guardedLookup, refusals, bodyLimit;
var init_http_client = __esm({
  "src/runner/http-client.ts"() {
    "use strict";
    import_node_dns = require("node:dns");
    import_node_net = require("node:net");
    import_node_zlib = require("node:zlib");
    init_http_error();
    forbidden = new import_node_net.BlockList();
    forbidden.addSubnet("169.254.0.0", 16, "ipv4");
    forbidden.addAddress("168.63.129.16", "ipv4");
    forbidden.addAddress("100.100.100.200", "ipv4");
    forbidden.addSubnet("fe80::", 10, "ipv6");
    forbidden.addAddress("fd00:ec2::254", "ipv6");
    forbidden.addSubnet("::a9fe:0", 112, "ipv6");
    forbidden.addSubnet("64:ff9b::a9fe:0", 112, "ipv6");
    forbidden.addSubnet("2002:a9fe::", 32, "ipv6");
    guardedLookup = ((hostname, options, done) => {
      (0, import_node_dns.lookup)(hostname, { ...options, all: true }, (error2, addresses) => {
        if (error2) return done(error2, []);
        const bad = addresses.find(({ address: address2 }) => isForbiddenAddress(address2));
        if (bad) return done(new HttpError("blocked", `${hostname} resolves to ${bad.address}, a metadata address`), []);
        const first = addresses[0];
        if (options.all || !first) return done(null, addresses);
        return done(null, first.address, first.family);
      });
    });
    refusals = {
      ECONNREFUSED: "refused",
      ENOTFOUND: "unresolved",
      EAI_AGAIN: "unresolved",
      ECONNRESET: "reset",
      EPIPE: "reset",
      UND_ERR_SOCKET: "reset",
      ETIMEDOUT: "timeout",
      UND_ERR_CONNECT_TIMEOUT: "timeout",
      UND_ERR_HEADERS_TIMEOUT: "timeout",
      UND_ERR_BODY_TIMEOUT: "timeout"
    };
    bodyLimit = 4 * 1024 * 1024;
  }
});

// src/github/github.ts
var GitHubError, isGitHubError;
var init_github = __esm({
  "src/github/github.ts"() {
    "use strict";
    GitHubError = class extends Error {
      name = "GitHubError";
      kind;
      /** What the token would need, where it is that. */
      permission;
      constructor(kind, message, more = {}) {
        super(message, { cause: more.cause });
        this.kind = kind;
        this.permission = more.permission;
      }
    };
    isGitHubError = (error2, kind) => error2 instanceof GitHubError && error2.kind === kind;
  }
});

// src/github/github-failures.ts
function limitWait({ status, headers, said: said2 }, now) {
  if (status !== 403 && status !== 429) return void 0;
  const named = retryAfter(headers, now);
  if (named !== void 0) return named;
  if (headers["x-ratelimit-remaining"] === "0") {
    return Math.max(0, Number(headers["x-ratelimit-reset"] ?? 0) * 1e3 - now);
  }
  return status === 429 || /rate limit/i.test(said2) ? unnamedWait : void 0;
}
function mayRepeat(answer, creates, now) {
  const wait = limitWait(answer, now);
  if (wait !== void 0) return wait;
  if (answer.status === void 0) return !(creates && answer.sent);
  return !creates && answer.status >= 500;
}
function toGitHubError(answer, what, permission, now, cause) {
  const { status, said: said2 } = answer;
  const heard = short(said2);
  const message = `GitHub, ${what}: ${status === void 0 ? heard : `HTTP ${status}${heard && ` (${heard})`}`}`;
  const wait = limitWait(answer, now);
  if (wait !== void 0) {
    return new GitHubError("unavailable", `${message}; its limit ends in ${Math.ceil(wait / 1e3)} s`, { cause });
  }
  if (status === 401) return new GitHubError("forbidden", message, { cause });
  if (status === 403 && /\blocked\b/i.test(said2)) return new GitHubError("locked", message, { cause });
  if (status === 403) return new GitHubError("forbidden", message, { permission, cause });
  if (status === 404 || status === 410) return new GitHubError("notFound", message, { cause });
  if (status === 409 || status === 422) return new GitHubError("validation", message, { cause });
  return new GitHubError("unavailable", message, { cause });
}
function githubError(error2, what) {
  if (!(error2 instanceof GitHubError)) throw error2;
  const lines = error2.permission ? ` Add to the permissions of the job: ${error2.permission}` : "";
  return new DeployError("GITHUB_FAILED", `GitHub does not say ${what}: ${error2.message}.`, {
    hint: lines ? lines.trim() : "Run the job again; https://www.githubstatus.com says whether GitHub is well.",
    cause: error2
  });
}
var unnamedWait, short;
var init_github_failures = __esm({
  "src/github/github-failures.ts"() {
    "use strict";
    init_errors();
    init_retry_after();
    init_github();
    unnamedWait = 6e4;
    short = (said2) => {
      const plain = /^\s*</.test(said2) ? "" : said2.replace(/\s+-\s+https:\S+$/, "").replace(/\s+/g, " ").trim();
      return plain.slice(0, 200);
    };
  }
});

// src/runner/octokit.ts
function fetchBy(http, signal) {
  return async (url, { method, headers, body }) => {
    const answer = await http({ method, url, headers, timeout, ...body === void 0 ? {} : { body } }, signal);
    const empty = answer.status === 204 || answer.status === 205 || answer.status === 304;
    return new Response(empty ? null : Buffer.from(answer.body), { status: answer.status, headers: answer.headers });
  };
}
function answerOf(error2) {
  const { cause, message, status, response } = error2;
  if (!response)
    return { status: void 0, headers: {}, said: message, sent: !(cause instanceof HttpError) || cause.sent };
  return { status, headers: response.headers, said: message, sent: true };
}
function refuseForeign(response, what) {
  const { status, data } = response;
  if (status < 300 && (status === 204 || typeof data === "object" && !(data instanceof ArrayBuffer))) return;
  throw new GitHubError("unavailable", `GitHub, ${what}: HTTP ${status} with an answer that is not GitHub's`);
}
function createAsker(options) {
  const { signal, clock } = options;
  let loading;
  async function load2() {
    const { getOctokit } = await import("./actions-github.cjs");
    const octokit = getOctokit(options.token.reveal(), {
      baseUrl: options.apiUrl,
      log: silent,
      request: { fetch: fetchBy(options.http, signal) }
    });
    octokit.hook.before("request", ({ headers }) => {
      headers["x-github-api-version"] = apiVersion;
    });
    octokit.hook.wrap("request", (request, parameters) => {
      const creates = parameters.method === "POST" && !repeatable.test(parameters.url);
      const again = (error2) => mayRepeat(answerOf(error2), creates, clock.now());
      const policy2 = { attempts: 4, base: 1e3, cap: 1e4, until: clock.now() + patience3, again };
      return retry(async () => request(parameters), policy2, options, signal);
    });
    return octokit;
  }
  const ask2 = async (what, permission, request) => {
    loading ??= load2();
    const octokit = await loading;
    try {
      const response = await request(octokit);
      refuseForeign(response, what);
      return response.data;
    } catch (error2) {
      signal.throwIfAborted();
      if (error2 instanceof GitHubError) throw error2;
      throw toGitHubError(answerOf(error2), what, permission, clock.now(), error2);
    }
  };
  return {
    ask: ask2,
    async *pages(what, permission, request, to) {
      for (let page = 1, more = true; more; page++) {
        const found = await ask2(what, permission, async (octokit) => {
          const response = await request(octokit, { per_page: 100, page });
          more = /;\s*rel="next"/.test(response.headers.link ?? "");
          return response;
        });
        yield found.map(to);
      }
    }
  };
}
var timeout, patience3, apiVersion, repeatable, silent;
var init_octokit = __esm({
  "src/runner/octokit.ts"() {
    "use strict";
    init_http_error();
    init_github();
    init_github_failures();
    init_retry();
    timeout = 15e3;
    patience3 = 65e3;
    apiVersion = "2022-11-28";
    repeatable = /\/(graphql|statuses)$/;
    silent = { debug: () => void 0, info: () => void 0, warn: () => void 0, error: () => void 0 };
  }
});

// src/runner/octokit-github.ts
function createGitHub(options) {
  const [owner = "", repo = ""] = options.repository.split("/");
  const here = { owner, repo };
  const graphql = `${options.apiUrl.replace(/\/v3$/, "")}/graphql`;
  const { ask: ask2, pages } = createAsker(options);
  return {
    async viewer() {
      const found = await ask2(
        "whose token this is",
        void 0,
        (octokit) => octokit.request({ method: "POST", url: graphql, query: "{ viewer { login } }" })
      );
      const login = found.data?.viewer?.login;
      if (typeof login !== "string") throw new GitHubError("unavailable", "GitHub does not say whose token this is");
      return login;
    },
    comments: (issue2) => pages(
      "the list of comments",
      "pull-requests: write",
      ({ rest }, page) => rest.issues.listComments({ ...here, ...page, issue_number: issue2 }),
      toComment
    ),
    createComment: async (issue2, body) => toComment(
      await ask2(
        "a comment",
        "pull-requests: write",
        ({ rest }) => rest.issues.createComment({ ...here, issue_number: issue2, body })
      )
    ),
    updateComment: async (id, body) => toComment(
      await ask2(
        "the comment",
        "pull-requests: write",
        ({ rest }) => rest.issues.updateComment({ ...here, comment_id: id, body })
      )
    ),
    async deleteComment(id) {
      await ask2(
        "the comment",
        "pull-requests: write",
        ({ rest }) => rest.issues.deleteComment({ ...here, comment_id: id })
      );
    },
    deployments: (environment) => pages(
      "the list of deployments",
      "deployments: write",
      ({ rest }, page) => rest.repos.listDeployments({ ...here, ...page, ...environment ? { environment } : {} }),
      toDeployment
    ),
    async createDeployment(deployment) {
      const made = await ask2(
        "a deployment",
        "deployments: write",
        ({ rest }) => rest.repos.createDeployment({
          ...here,
          ref: deployment.sha,
          task: deployment.task,
          environment: deployment.environment,
          description: deployment.description,
          payload: { ...deployment.payload },
          transient_environment: deployment.transient,
          production_environment: deployment.production,
          // GitHub would merge the default branch, and wait for checks, of which this run is one.
          auto_merge: false,
          required_contexts: []
        })
      );
      if (!("id" in made)) throw new GitHubError("validation", "GitHub merged instead of making a deployment");
      return toDeployment(made);
    },
    async deploymentStatuses(id) {
      const found = await ask2(
        "the states of a deployment",
        "deployments: write",
        ({ rest }) => rest.repos.listDeploymentStatuses({ ...here, deployment_id: id, per_page: 5 })
      );
      return found.map(({ state, log_url, target_url }) => ({ state, logUrl: log_url || target_url || "" }));
    },
    async setDeploymentStatus(id, { state, description, logUrl, environmentUrl }) {
      await ask2(
        "the state of the deployment",
        "deployments: write",
        ({ rest }) => rest.repos.createDeploymentStatus({
          ...here,
          deployment_id: id,
          state,
          description: description.slice(0, 140),
          log_url: logUrl,
          ...environmentUrl ? { environment_url: environmentUrl } : {},
          // GitHub would also take down what another app of the repository has in the same environment.
          auto_inactive: false
        })
      );
    },
    async deleteDeployment(id) {
      await ask2(
        "the deployment",
        "deployments: write",
        ({ rest }) => rest.repos.deleteDeployment({ ...here, deployment_id: id })
      );
    },
    async deleteEnvironment(name) {
      await ask2(
        "the environment",
        void 0,
        ({ rest }) => rest.repos.deleteAnEnvironment({ ...here, environment_name: name })
      );
    },
    pullRequest: async (number) => toPullRequest(
      await ask2(
        `pull request #${number}`,
        "pull-requests: read",
        ({ rest }) => rest.pulls.get({ ...here, pull_number: number })
      )
    ),
    openPullRequests: () => pages(
      "the list of pull requests",
      "pull-requests: read",
      ({ rest }, page) => rest.pulls.list({ ...here, ...page, state: "open" }),
      toPullRequest
    ),
    async compare(base, head) {
      const found = await ask2(
        "the comparison of two commits",
        "contents: read",
        ({ rest }) => rest.repos.compareCommitsWithBasehead({ ...here, basehead: `${base}...${head}`, per_page: 1 })
      );
      return found.status;
    }
  };
}
var toComment, toDeployment, toPullRequest;
var init_octokit_github = __esm({
  "src/runner/octokit-github.ts"() {
    "use strict";
    init_github();
    init_octokit();
    toComment = (comment) => ({
      id: comment.id,
      body: comment.body ?? "",
      author: comment.user?.login,
      url: comment.html_url
    });
    toDeployment = (deployment) => {
      const { id, sha, environment, task, payload } = deployment;
      return { id, sha, environment, task, payload: typeof payload === "string" ? {} : payload };
    };
    toPullRequest = (pull) => ({
      number: pull.number,
      open: pull.state === "open",
      head: pull.head.sha,
      from: pull.head.repo?.full_name
    });
  }
});

// src/runner/runner-exec.ts
function descendants(table3, root) {
  const children = /* @__PURE__ */ new Map();
  for (const line of table3.split("\n")) {
    const [pid, parent] = line.trim().split(/\s+/).map(Number);
    if (pid && parent) children.set(parent, [...children.get(parent) ?? [], pid]);
  }
  const found = [];
  const queue = [...children.get(root) ?? []];
  for (let pid = queue.shift(); pid !== void 0; pid = queue.shift()) {
    found.push(pid);
    queue.push(...children.get(pid) ?? []);
  }
  return found;
}
async function endChildren() {
  if (process.platform === "win32") return;
  const { stdout } = await getExecOutput("ps", ["-A", "-o", "pid=,ppid="], { silent: true });
  const started = descendants(stdout, process.pid);
  signalAll(started, "SIGTERM");
  setTimeout(() => signalAll(started, "SIGKILL"), 2e3).unref();
}
function signalAll(pids, signal) {
  for (const pid of pids) {
    try {
      process.kill(pid, signal);
    } catch {
    }
  }
}
function ended(child2) {
  return new Promise((resolve6, reject) => {
    child2.once("error", (error2) => {
      const code2 = notStarted[error2.code ?? ""];
      if (code2 === void 0) reject(error2);
      else resolve6(code2);
    });
    child2.once("exit", (code2) => setTimeout(() => resolve6(code2 ?? 137), lastWords).unref());
    child2.once("close", (code2) => resolve6(code2 ?? 137));
  });
}
var import_node_child_process, lastWords, notStarted, runnerExec;
var init_runner_exec = __esm({
  "src/runner/runner-exec.ts"() {
    "use strict";
    import_node_child_process = require("node:child_process");
    init_exec();
    lastWords = 1e3;
    notStarted = { ENOENT: 127, EACCES: 126 };
    runnerExec = async ({ program, args, cwd, env }, onOutput, signal) => {
      signal.throwIfAborted();
      const child2 = (0, import_node_child_process.spawn)(program, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"], windowsHide: true });
      child2.stdout.on("data", (chunk) => onOutput(chunk, "stdout"));
      child2.stderr.on("data", (chunk) => onOutput(chunk, "stderr"));
      const { promise, reject } = Promise.withResolvers();
      const abort = () => {
        endChildren().catch(() => void 0);
        reject(signal.reason);
      };
      signal.addEventListener("abort", abort, { once: true });
      try {
        return await Promise.race([ended(child2), promise]);
      } finally {
        signal.removeEventListener("abort", abort);
        child2.stdout.destroy();
        child2.stderr.destroy();
      }
    };
  }
});

// src/workflow/step-output.ts
function harmless(line) {
  return line.replaceAll("##[", "##\\[").replace(/^([\s\u0085\u180e\u200b\u2060\ufeff]*)::/, "$1\\::");
}
function createOutput(write2, redactor) {
  let decoder = new TextDecoder();
  let open6 = "";
  let cut2 = false;
  let lines = 0;
  const print = (line) => {
    lines += 1;
    if (lines <= mostLines) {
      const whole = line.length <= longestLine && !cut2;
      const shown = whole ? redactor.whole(line) : redactor.start(line.slice(0, longestLine));
      write2(`${harmless(shown)}${whole ? "" : " …"}
`);
    }
    if (lines === mostLines) write2(`… more than ${mostLines} lines; the rest is not shown.
`);
    cut2 = false;
  };
  return {
    show(chunk) {
      const parts = (open6 + decoder.decode(chunk, { stream: true })).split(/\r\n|\n|\r(?!$)/);
      open6 = parts.pop() ?? "";
      for (const part of parts) print(part);
      if (open6.length > longestLine) {
        cut2 = true;
        open6 = open6.slice(0, longestLine) + (open6.endsWith("\r") ? "\r" : "");
      }
    },
    end() {
      open6 += decoder.decode();
      decoder = new TextDecoder();
      if (open6 !== "") print(open6.replace(/\r$/, ""));
      open6 = "";
    }
  };
}
async function withCommandsStopped(write2, work) {
  const token = `deploy-django-${(0, import_node_crypto9.randomBytes)(16).toString("hex")}`;
  write2(`::stop-commands::${token}
`);
  try {
    return await work();
  } finally {
    write2(`::${token}::
`);
  }
}
var import_node_crypto9, longestLine, mostLines;
var init_step_output = __esm({
  "src/workflow/step-output.ts"() {
    "use strict";
    import_node_crypto9 = require("node:crypto");
    longestLine = 4096;
    mostLines = 2e4;
  }
});

// src/runner/runner-log.ts
var properties, createRunnerLog;
var init_runner_log = __esm({
  "src/runner/runner-log.ts"() {
    "use strict";
    init_core();
    init_step_output();
    properties = (at2) => ({
      ...at2 ? { file: at2.file } : {},
      ...at2?.line ? { startLine: at2.line } : {}
    });
    createRunnerLog = ({ whole }) => ({
      // Names of files and what hosts say are in these lines.
      info: (line) => info(
        whole(line).split(/\r\n|\r|\n/).map(harmless).join("\n")
      ),
      notice: (message, at2) => notice(whole(message), properties(at2)),
      warning: (message, at2) => warning(whole(message), properties(at2)),
      error: (message, at2) => error(whole(message), properties(at2)),
      group: (title2, work) => group(whole(title2), work)
    });
  }
});

// src/runner/system-clock.ts
var import_promises4, systemClock;
var init_system_clock = __esm({
  "src/runner/system-clock.ts"() {
    "use strict";
    import_promises4 = require("node:timers/promises");
    systemClock = {
      now: () => Date.now(),
      sleep: async (milliseconds, signal) => {
        try {
          await (0, import_promises4.setTimeout)(milliseconds, void 0, { signal });
        } catch (error2) {
          throw signal.aborted ? signal.reason : error2;
        }
      }
    };
  }
});

// src/runner/runner-ports.ts
var runner_ports_exports = {};
__export(runner_ports_exports, {
  createPorts: () => createPorts
});
function readPayload(path4) {
  if (!path4) return {};
  try {
    return JSON.parse((0, import_node_fs4.readFileSync)(path4, "utf8"));
  } catch {
    return {};
  }
}
function abortOnSignals() {
  const controller = new AbortController();
  for (const name of ["SIGINT", "SIGTERM"]) {
    process.once(name, () => {
      const hint2 = "Nothing was deleted. What is stored already is not sent again.";
      controller.abort(new DeployError("CANCELLED", "The run was cancelled.", { hint: hint2 }));
    });
  }
  return controller.signal;
}
function lingering(signal) {
  const controller = new AbortController();
  const abort = () => setTimeout(() => controller.abort(signal.reason), farewell).unref();
  signal.addEventListener("abort", abort, { once: true });
  return controller.signal;
}
function createPorts(input, files) {
  const signal = abortOnSignals();
  const redactor = createRedactor();
  const http = createHttp("deploy-django");
  const stores = [];
  return {
    env: process.env,
    payload: readPayload(process.env.GITHUB_EVENT_PATH),
    input,
    hosts,
    log: withinLimits(createRunnerLog(redactor)),
    exec: runnerExec,
    http,
    clock: systemClock,
    random: Math.random,
    signal,
    steps,
    write: (text2) => process.stdout.write(text2),
    redactor,
    hide(value) {
      redactor.add(value);
      setSecret(value);
    },
    saveScratch: (path4) => files.append("GITHUB_STATE", namedValue(scratchState, path4)),
    cache: createCache(process.env, (key) => files.append("GITHUB_STATE", namedValue(cacheState, key))),
    async openStore(options) {
      const store = await createS3Store({ ...options, clock: systemClock, random: Math.random, http });
      stores.push(store);
      return store;
    },
    setOutput: (name, value) => files.append("GITHUB_OUTPUT", namedValue(name, value)),
    writeSummary: (markdown) => files.append("GITHUB_STEP_SUMMARY", markdown),
    openGitHub: (access2) => createGitHub({ ...access2, http, clock: systemClock, random: Math.random, signal: lingering(signal) }),
    saveAnnouncement: (what) => files.append("GITHUB_STATE", namedValue(announcementState, what ? JSON.stringify(what) : "")),
    undoOthers: files.undoOthers,
    async close() {
      await Promise.all([http.close(), ...stores.map((store) => store.close())]);
    }
  };
}
var import_node_fs4, farewell;
var init_runner_ports = __esm({
  "src/runner/runner-ports.ts"() {
    "use strict";
    import_node_fs4 = require("node:fs");
    init_core();
    init_errors();
    init_hosts();
    init_secret();
    init_s3_store();
    init_annotations();
    init_command_files();
    init_post_state();
    init_django_steps2();
    init_github_cache();
    init_http_client();
    init_octokit_github();
    init_runner_exec();
    init_runner_log();
    init_system_clock();
    farewell = 5e3;
  }
});

// src/lib/coalescer.ts
function createCoalescer(work) {
  let next;
  let running;
  async function run3() {
    for (let now = next; now; now = next) {
      next = void 0;
      await work(now.value);
    }
    running = void 0;
  }
  return {
    offer(value) {
      next = { value };
      running ??= run3();
    },
    settled: async () => running
  };
}
var init_coalescer = __esm({
  "src/lib/coalescer.ts"() {
    "use strict";
  }
});

// src/report/markdown-parts.ts
function table(head, rows, align = head.map(() => ":--")) {
  const line = (cells) => `| ${cells.join(" | ")} |`;
  return [line(head), line(align), ...rows.map(line)];
}
function folded(title2, lines, open6 = false) {
  return [`<details${open6 ? " open" : ""}><summary>${title2}</summary>`, "", ...lines, "", "</details>", ""];
}
function errorLines({ error: error2, reason, stages, findings }) {
  if (!error2) return reason ? [escapeMarkdown(reason), ""] : [];
  const stage = stages.find(({ failed }) => failed);
  const where2 = stage ? ` in ${escapeMarkdown(stage.name)}` : "";
  const hint2 = error2.hint ? [`💡 ${escapeMarkdown(error2.hint)}`, ""] : [];
  const stops = error2.code === "CHECKS_FAILED" ? findings.filter(({ level }) => level !== "notice").slice(0, mostListed) : [];
  const message = stops.length > 0 ? [escapeMarkdown(error2.message.split("\n", 1)[0] ?? ""), "", ...findingLines(stops)] : fence(error2.message);
  const title2 = /^https?:/.test(error2.page ?? "") ? link(error2.page ?? "", escapeMarkdown(error2.code)) : escapeMarkdown(error2.code);
  return [`**${title2}**${where2}`, "", ...message, "", ...hint2];
}
function syncRows(name, { sync }) {
  return sync && sync.uploaded + sync.unchanged + sync.kept + sync.deleted > 0 ? [[name, syncWords(sync)]] : [];
}
function syncWords({ uploaded, bytesUploaded, unchanged, kept: kept2, deleted }) {
  if (uploaded + unchanged + kept2 === 0) return `${plural(deleted, "file")} deleted`;
  const left = kept2 > 0 ? `, ${plural(kept2, "newer media file")} left alone` : "";
  const gone2 = deleted > 0 ? `, ${plural(deleted, "old file")} deleted` : "";
  return `${plural(uploaded, "upload")} (${formatBytes(bytesUploaded)}), ${formatCount(unchanged)} unchanged${left}${gone2}`;
}
function proofRows({ proof }) {
  const rows = [];
  if (proof?.evidence) rows.push(["Proof", `${proofWords[proof.evidence.kind]}: ${code(proof.evidence.seen)}`]);
  if (proof) {
    const foreign = proof.foreignAssets > 0 ? `; ${proof.foreignAssets} of other sites not asked` : "";
    rows.push(["Files of the page", `${plural(proof.assets, "file")} load${proof.assets === 1 ? "s" : ""}${foreign}`]);
  }
  return rows;
}
function bars(stages) {
  const total = Math.max(
    1,
    stages.reduce((sum, { milliseconds }) => sum + milliseconds, 0)
  );
  let before = 0;
  return stages.map(({ milliseconds }) => {
    const from = Math.min(barWidth - 1, Math.floor(before / total * barWidth));
    before += milliseconds;
    const to = Math.min(barWidth, Math.max(from + 1, Math.round(before / total * barWidth)));
    return `<code>${"·".repeat(from)}${"█".repeat(to - from)}${"·".repeat(barWidth - to)}</code>`;
  });
}
function stagesTable(stages) {
  const drawn = bars(stages);
  const rows = stages.map(({ name, milliseconds, failed, result }, at2) => [
    `${failed ? "❌" : "✅"}&nbsp;${escapeMarkdown(name)}`,
    formatDuration(milliseconds).replaceAll(" ", "&nbsp;"),
    drawn[at2] ?? "",
    escapeMarkdown(result)
  ]);
  return table(["Stage", "Time", "Timeline", "Result"], rows, [":--", "--:", ":--", ":--"]);
}
function warningLines(warnings) {
  return warnings.flatMap((warning2) => {
    const [first = "", ...rest] = warning2.split("\n");
    const block = rest.length > 0 ? ["", ...fence(rest.join("\n")).map((line) => `  ${line}`)] : [];
    return [`- ${escapeMarkdown(first)}`, ...block];
  });
}
function findingLines(findings) {
  return findings.map(({ level, id, message, at: at2 }) => {
    const place3 = at2 ? `${code(`${at2.file}${at2.line ? `:${at2.line}` : ""}`)} ` : "";
    return `- ${signs[level]} ${place3}${escapeMarkdown(message)} (${code(id)})`;
  });
}
function uploadsTable({ uploaded, bytesUploaded, largest: largest3 }) {
  const rest = uploaded - largest3.length;
  const bytes = bytesUploaded - largest3.reduce((sum, file) => sum + file.bytes, 0);
  const rows = largest3.map((file) => [code(file.key), formatBytes(file.bytes)]);
  if (rest > 0) rows.push([plural(rest, "smaller file"), formatBytes(Math.max(0, bytes))]);
  rows.push([`**${plural(uploaded, "upload")}**`, `**${formatBytes(bytesUploaded)}**`]);
  return table(["Object", "Size"], rows, [":--", "--:"]);
}
function cutLines(lines, limit, sizeOf) {
  let size = 0;
  let fenced = "";
  let details = 0;
  const kept2 = [];
  for (const line of lines) {
    size += sizeOf(line) + 1;
    if (size > limit - cutRoom) {
      const closing2 = [...fenced ? [fenced] : [], ...Array.from({ length: details }, () => "\n</details>")];
      return `${[...kept2, ...closing2].join("\n")}

_Cut: the report has the rest._
`;
    }
    const marks = /^ *```/.exec(line)?.[0];
    if (marks) fenced = fenced ? "" : marks;
    if (line.startsWith("<details")) details += 1;
    if (line === "</details>") details -= 1;
    kept2.push(line);
  }
  return `${kept2.join("\n")}
`;
}
var titles, proofWords, safeUrl, link, code, factsTable, longestMessage, fence, mostListed, barWidth, signs, cutRoom;
var init_markdown_parts = __esm({
  "src/report/markdown-parts.ts"() {
    "use strict";
    init_text();
    titles = {
      live: ["✅", "Live"],
      triggered: ["🟡", "Triggered, not proven"],
      planned: ["📝", "Planned"],
      built: ["📦", "Built"],
      synced: ["☁️", "Synced"],
      skipped: ["⏭️", "Not deployed"],
      superseded: ["⏭️", "Superseded"],
      removed: ["🧹", "Removed"],
      "rolled-back": ["↩️", "Rolled back"],
      failed: ["❌", "Failed"]
    };
    proofWords = {
      commit: "it shows the commit",
      host: "the host says so, and it answers",
      asset: "it names a file that only this release has"
    };
    safeUrl = (url) => url.replace(/[<>\s`[\]|\\]/g, encodeURIComponent);
    link = (url, text2 = escapeMarkdown(url.replace(/^https?:\/\//, "").replace(/\/$/, ""))) => `[${text2}](<${safeUrl(url)}>)`;
    code = (text2) => `<code>${escapeMarkdown(text2)}</code>`;
    factsTable = ([first = ["", ""], ...rows]) => table(first, rows);
    longestMessage = 16 * 1024;
    fence = (text2) => [
      "```text",
      ...text2.slice(0, longestMessage).replaceAll("```", "'''").split("\n"),
      "```"
    ];
    mostListed = 10;
    barWidth = 16;
    signs = { error: "❌", warning: "⚠️", notice: "ℹ️" };
    cutRoom = 128;
  }
});

// src/report/comment-text.ts
function title({ report, stage, doing, app }) {
  const [icon, words2] = stage === void 0 ? titles[report.status] : ["🔄", doing];
  const place3 = [report.environment, app === "." ? void 0 : app].filter((name) => name !== void 0).map(code);
  return `### <span aria-hidden="true">${icon}</span> ${words2}${place3.length > 0 ? ` — ${place3.join(" · ")}` : ""}`;
}
function stagesSoFar({ report }, stage) {
  const done = report.stages.map(({ name, failed }) => `${failed ? "❌" : "✅"}&nbsp;${escapeMarkdown(name)}`);
  return [...done, `🔄&nbsp;**${escapeMarkdown(stage)}**`].join(" → ");
}
function facts(view) {
  const { report, stage, runUrl, repositoryUrl } = view;
  const rows = [];
  const removed = stage === void 0 && report.status === "removed";
  if (report.url && !removed) rows.push(["URL", link(report.url)]);
  if (report.sha) rows.push(["Commit", link(`${repositoryUrl}/commit/${report.sha}`, code(report.sha.slice(0, 7)))]);
  if (stage !== void 0) rows.push(["Stages", stagesSoFar(view, stage)]);
  rows.push(...proofRows(report));
  rows.push(...syncRows("Assets", report));
  if (stage === void 0 && !removed) rows.push(["Time", formatDuration(view.now - view.startedAt)]);
  rows.push([
    "Log",
    [link(runUrl, "Run"), ...report.logUrl && !removed ? [link(report.logUrl, "Host")] : []].join(" · ")
  ]);
  return rows;
}
function formatTime(milliseconds) {
  const [day = "", time = ""] = new Date(milliseconds).toISOString().split("T");
  return `${day} ${time.slice(0, 5)} UTC`;
}
function renderComment(view, taken) {
  const { report } = view;
  const ended2 = view.stage === void 0;
  const lines = [title(view), ""];
  if (ended2) lines.push(...errorLines(report));
  lines.push(...factsTable(facts(view)), "");
  const { stages, warnings } = report;
  if (ended2 && warnings.length > 0) {
    lines.push(...folded(plural(warnings.length, "warning"), warningLines(warnings)));
  }
  if (ended2 && stages.length > 0) {
    lines.push(...folded(plural(stages.length, "stage"), stagesTable(stages)));
  }
  lines.push(`<sub>Deploy Django · updated ${formatTime(view.now)}</sub>`);
  return cutLines(lines, longestComment - taken, (line) => line.length);
}
var longestComment;
var init_comment_text = __esm({
  "src/report/comment-text.ts"() {
    "use strict";
    init_text();
    init_markdown_parts();
    longestComment = 65536;
  }
});

// src/core/identity.ts
function normalApp(workingDirectory) {
  const path4 = import_node_path4.posix.normalize(workingDirectory.replaceAll("\\", "/")).replace(/^\/+|\/+$/g, "");
  return path4 === "" ? wholeRepository : path4;
}
function makeIdentity(of) {
  const { repository, pullRequest, environment } = of;
  const app = normalApp(of.workingDirectory);
  return pullRequest === void 0 ? { repository, app, kind: "push", name: environment } : { repository, app, kind: "preview", name: previewName(environment, pullRequest) };
}
function previewNumber({ kind, name }) {
  const [, number] = kind === "preview" ? /\/pr-([1-9]\d*)$/.exec(name) ?? [] : [];
  return number === void 0 ? void 0 : Number(number);
}
function identityPath({ repository, kind, name, app }) {
  const own = app === wholeRepository ? "" : `@${segment(app)}`;
  return `${segment(repository)}/${kind}/${segment(name)}${own}`;
}
function previewFolder(identity) {
  const { repository, app } = identity;
  const own = app === wholeRepository ? "" : `~${urlSegment(app)}`;
  return `previews/${urlSegment(repository)}${own}/pr-${previewNumber(identity)}/`;
}
function parseIdentityPath(path4) {
  const [, repository, kind, name, app] = /^([^/]+)\/(push|preview)\/([^/@]+)(?:@([^/@]+))?$/.exec(path4) ?? [];
  if (repository === void 0 || name === void 0) return void 0;
  try {
    const identity = {
      repository: decodeURIComponent(repository),
      kind,
      name: decodeURIComponent(name),
      app: app === void 0 ? wholeRepository : decodeURIComponent(app)
    };
    return identityPath(identity) === path4 ? identity : void 0;
  } catch {
    return void 0;
  }
}
var import_node_path4, wholeRepository, previewName, sameIdentity, segment, urlSegment;
var init_identity = __esm({
  "src/core/identity.ts"() {
    "use strict";
    import_node_path4 = require("node:path");
    wholeRepository = ".";
    previewName = (base, pullRequest) => {
      const own = `/pr-${pullRequest}`;
      return base.endsWith(own) ? base : `${base}${own}`;
    };
    sameIdentity = (one, other) => one.repository === other.repository && one.app === other.app && one.kind === other.kind && one.name === other.name;
    segment = (text2) => encodeURIComponent(text2).replaceAll(".", "%2E").replaceAll("*", "%2A");
    urlSegment = (path4) => path4.replace(
      /[^\w./-]/gu,
      (character) => [...Buffer.from(character)].map((byte) => `=${byte.toString(16).padStart(2, "0")}`).join("")
    ).replaceAll("/", "~");
  }
});

// src/core/run-order.ts
var compareRuns;
var init_run_order = __esm({
  "src/core/run-order.ts"() {
    "use strict";
    compareRuns = (one, other) => one.id - other.id || one.attempt - other.attempt;
  }
});

// src/github/comment.ts
function writtenBy(body) {
  const found = /^[^\n]*\n<!-- run: (\d+)\.(\d+) -->/.exec(body);
  return found ? { id: Number(found[1]), attempt: Number(found[2]) } : void 0;
}
async function findComments(key, author, github) {
  const marker = commentMarker(key);
  const found = [];
  for await (const page of github.comments(key.issue)) {
    found.push(...page.filter((comment) => comment.author === author && comment.body.startsWith(marker)));
  }
  return found;
}
async function deleteOthers(comments, github) {
  for (const { id } of comments) {
    try {
      await github.deleteComment(id);
    } catch (error2) {
      if (!isGitHubError(error2, "notFound")) throw error2;
    }
  }
}
async function writeComment({ key, author, run: run3, text: text2, create: create2 }, github) {
  const body = commentHead(key, run3) + text2;
  for (let attempt = 1; ; attempt++) {
    const [first, ...others2] = await findComments(key, author, github);
    await deleteOthers(others2, github);
    const by = first && writtenBy(first.body);
    if (first ? by && compareRuns(by, run3) > 0 : !create2) return;
    try {
      await (first ? github.updateComment(first.id, body) : github.createComment(key.issue, body));
      return;
    } catch (error2) {
      const gone2 = first && isGitHubError(error2, "notFound");
      const unclear = !first && isGitHubError(error2, "unavailable");
      if (attempt === 2 || !(gone2 || unclear)) throw error2;
    }
  }
}
var commentMarker, runLine, commentHead;
var init_comment = __esm({
  "src/github/comment.ts"() {
    "use strict";
    init_identity();
    init_run_order();
    init_github();
    commentMarker = ({ identity }) => `<!-- deploy-django: ${identityPath(identity)} -->`;
    runLine = ({ id, attempt }) => `<!-- run: ${id}.${attempt} -->`;
    commentHead = (key, run3) => `${commentMarker(key)}
${runLine(run3)}
`;
  }
});

// src/github/deployment.ts
function endOf({ status, reason, error: error2 }) {
  const description = reason ?? titles[status][1];
  const asked = status === "rolled-back" && error2 === void 0;
  if (asked || status === "live" || status === "triggered" || status === "built")
    return { state: "success", description };
  if (status !== "failed" && status !== "rolled-back") return { state: "inactive", description };
  const unfinished2 = error2 === void 0 || error2.code === "CANCELLED" || error2.code === "INTERNAL";
  return { state: unfinished2 ? "error" : "failure", description };
}
function concerns(deployment, identity) {
  const theirs = identityOf(deployment);
  return theirs ? sameIdentity(theirs, identity) : deployment.task === taskOf(identity);
}
function isOwn(deployment, identity) {
  const theirs = identityOf(deployment);
  return theirs !== void 0 && sameIdentity(theirs, identity);
}
async function findDeployment(target, github) {
  let looks3 = 0;
  for await (const page of github.deployments(target.identity.name)) {
    for (const deployment of page) {
      const { id, task, payload } = deployment;
      if (payload.release === target.release && task === taskOf(target.identity))
        return resumeDeployment(id, target, github);
      if (isOurs(deployment) || looks3 >= mostLooks) continue;
      looks3 += 1;
      const [latest] = await github.deploymentStatuses(id);
      const mine = latest && `${latest.logUrl}/`.startsWith(`${target.runUrl}/`);
      if (mine && open3.includes(latest.state)) return jobLife(id);
    }
    return void 0;
  }
  return void 0;
}
function resumeDeployment(id, target, github) {
  const { runUrl: logUrl } = target;
  return {
    id,
    ofJob: false,
    running: (description) => github.setDeploymentStatus(id, { state: "in_progress", description, logUrl }),
    async end(state, description, url) {
      await github.setDeploymentStatus(id, { state, description, logUrl, ...url ? { environmentUrl: url } : {} });
      if (state === "success") await retireOlder(id, target, github);
    }
  };
}
async function beginDeployment(target, github) {
  const own = await findDeployment(target, github);
  if (own) return own;
  const { sha, identity, release, runUrl, transient, production } = target;
  const create2 = () => github.createDeployment({
    sha,
    environment: identity.name,
    task: taskOf(identity),
    description: `Release ${release}`,
    payload: { release, run: runUrl, order: target.order, identity: identityPath(identity) },
    transient,
    production
  });
  let life;
  try {
    life = resumeDeployment((await create2()).id, target, github);
  } catch (error2) {
    if (!isGitHubError(error2, "unavailable")) throw error2;
    life = await findDeployment(target, github) ?? resumeDeployment((await create2()).id, target, github);
  }
  await github.setDeploymentStatus(life.id, { state: "queued", description: "Begun", logUrl: runUrl });
  return life;
}
async function retireOlder(id, { identity, runUrl }, github) {
  let inactive = 0;
  for await (const page of github.deployments(identity.name)) {
    for (const older of page) {
      if (older.id >= id || !concerns(older, identity)) continue;
      const [latest] = await github.deploymentStatuses(older.id);
      inactive = latest?.state === "inactive" ? inactive + 1 : 0;
      if (inactive >= quiet) return;
      const over = ["inactive", "failure", "error"].includes(latest?.state ?? "");
      if (latest?.state === "success" || isOurs(older) && !over) {
        await github.setDeploymentStatus(older.id, { state: "inactive", description: "Replaced", logUrl: runUrl });
      }
    }
  }
}
async function removeEnvironment({ identity, runUrl }, github) {
  if (previewNumber(identity) === void 0) return;
  const deployments = [];
  for await (const page of github.deployments(identity.name)) deployments.push(...page);
  const own = deployments.filter((deployment) => isOwn(deployment, identity));
  for (const { id } of own) {
    await unless(["notFound"], async () => {
      await github.setDeploymentStatus(id, { state: "inactive", description: "Removed", logUrl: runUrl });
      await github.deleteDeployment(id);
    });
  }
  if (own.length === 0 || own.length < deployments.length) return;
  await unless(["notFound", "forbidden"], () => github.deleteEnvironment(identity.name));
}
async function unless(kinds, work) {
  try {
    await work();
  } catch (error2) {
    if (!kinds.some((kind) => isGitHubError(error2, kind))) throw error2;
  }
}
var mostLooks, quiet, open3, taskOf, isOurs, identityOf, jobLife;
var init_deployment = __esm({
  "src/github/deployment.ts"() {
    "use strict";
    init_identity();
    init_markdown_parts();
    init_github();
    mostLooks = 5;
    quiet = 5;
    open3 = ["queued", "in_progress", "pending", "waiting"];
    taskOf = ({ app }) => app === wholeRepository ? "deploy" : `deploy:${app}`;
    isOurs = ({ payload }) => typeof payload.release === "string";
    identityOf = ({ payload }) => typeof payload.identity === "string" ? parseIdentityPath(payload.identity) : void 0;
    jobLife = (id) => ({
      id,
      ofJob: true,
      running: async () => void 0,
      end: async () => void 0
    });
  }
});

// src/github/permissions.ts
function explainProblems(problems) {
  const missing2 = /* @__PURE__ */ new Set();
  const said2 = /* @__PURE__ */ new Set();
  for (const problem of problems) {
    if (problem instanceof GitHubError && problem.permission) missing2.add(problem.permission);
    else said2.add(problem instanceof Error ? problem.message : String(problem));
  }
  const parts = [];
  if (said2.size > 0) parts.push(`GitHub did not take all, which does not affect the deploy: ${[...said2].join("; ")}.`);
  if (missing2.size > 0) parts.push(explainMissing(missing2));
  return parts.length > 0 ? parts.join("\n") : void 0;
}
function explainMissing(missing2) {
  const names2 = [...missing2].sort();
  const lines = [.../* @__PURE__ */ new Set([always, ...names2])].sort().map((name) => `  ${name}`);
  return [
    `The deploy is not affected, but its token may not ${names2.map((name) => undone2[name]).join(" and ")}. Add to the job, beside what is there:`,
    "permissions:",
    ...lines
  ].join("\n");
}
var undone2, always;
var init_permissions = __esm({
  "src/github/permissions.ts"() {
    "use strict";
    init_github();
    undone2 = {
      "contents: read": "compare commits",
      "deployments: write": "show the deployment",
      "pull-requests: read": "look at the pull request",
      "pull-requests: write": "comment on the pull request"
    };
    always = "contents: read";
  }
});

// src/github/announcer.ts
function createChannel(show) {
  let problem;
  const latest = createCoalescer(async (moment) => {
    if (problem !== void 0 && !isGitHubError(problem, "unavailable")) return;
    try {
      await show(moment);
      problem = void 0;
    } catch (error2) {
      problem = error2;
    }
  });
  return { ...latest, problem: () => problem };
}
function deploymentChannel(what, { github, onDeployment }) {
  let life = what.deploymentId === void 0 ? void 0 : resumeDeployment(what.deploymentId, what, github);
  async function begin(target) {
    if (!onDeployment) return findDeployment(target, github);
    const begun = await beginDeployment(target, github);
    if (!begun.ofJob) onDeployment(begun.id);
    return begun;
  }
  return createChannel(async ({ report, stage }) => {
    if (stage === void 0 && report.status === "removed") {
      return removeEnvironment(what, github);
    }
    if (what.doing === "Removing") return;
    const sha = report.sha ?? what.sha;
    if (life === void 0 && sha === void 0) return;
    const target = { ...what, sha: sha ?? "" };
    if (stage !== void 0) {
      life ??= await begin(target);
      return life?.running(stage);
    }
    const { state, description } = endOf(report);
    life ??= await (state === "inactive" ? findDeployment(target, github) : begin(target));
    return life?.end(state, description, state === "success" ? report.url : void 0);
  });
}
function commentChannel(what, issue2, { github, clock }) {
  const key = { issue: issue2, identity: what.identity };
  const { length } = commentHead(key, what.order);
  let author;
  async function viewer() {
    try {
      return await github.viewer();
    } catch (error2) {
      if (isGitHubError(error2, "forbidden")) return actionsBot;
      throw error2;
    }
  }
  return createChannel(async ({ report, stage }) => {
    author ??= await viewer();
    const text2 = renderComment({ ...what, app: what.identity.app, report, stage, now: clock.now() }, length);
    const create2 = report.status !== "removed" || stage !== void 0;
    await writeComment({ key, author, run: what.order, text: text2, create: create2 }, github);
  });
}
function createAnnouncer(what, io) {
  const channels = [deploymentChannel(what, io)];
  if (what.issue !== void 0) channels.push(commentChannel(what, what.issue, io));
  const show = (moment) => {
    for (const channel of channels) channel.offer(moment);
  };
  return {
    progress: (report, stage) => show({ report, stage }),
    async end(report) {
      show({ report, stage: void 0 });
      await Promise.all(channels.map((channel) => channel.settled()));
      return explainProblems(channels.map((channel) => channel.problem()).filter((problem) => problem !== void 0));
    }
  };
}
var actionsBot;
var init_announcer = __esm({
  "src/github/announcer.ts"() {
    "use strict";
    init_coalescer();
    init_comment_text();
    init_comment();
    init_deployment();
    init_github();
    init_permissions();
    actionsBot = "github-actions[bot]";
  }
});

// src/report/report.ts
var emptyReport;
var init_report = __esm({
  "src/report/report.ts"() {
    "use strict";
    emptyReport = () => ({
      status: "failed",
      reason: void 0,
      environment: void 0,
      release: void 0,
      sha: void 0,
      url: void 0,
      staticUrl: void 0,
      mediaUrl: void 0,
      hostDeploymentId: void 0,
      deploymentId: void 0,
      logUrl: void 0,
      artifact: void 0,
      sync: void 0,
      proof: void 0,
      findings: [],
      stages: [],
      warnings: [],
      error: void 0
    });
  }
});

// src/runner/leftover.ts
var leftover_exports = {};
__export(leftover_exports, {
  closeLeftover: () => closeLeftover
});
function readAnnouncement(text2) {
  try {
    const found = JSON.parse(text2);
    return typeof found.identity === "object" && typeof found.release === "string" && typeof found.order === "object" ? found : void 0;
  } catch {
    return void 0;
  }
}
async function closeLeftover(text2, input, env) {
  const what = readAnnouncement(text2);
  const token = input("github-token");
  if (!what || token === "") return;
  setSecret(token);
  const http = createHttp("deploy-django");
  const github = createGitHub({
    token: new Secret(token),
    repository: env.GITHUB_REPOSITORY ?? "",
    apiUrl: env.GITHUB_API_URL ?? "https://api.github.com",
    http,
    clock: systemClock,
    random: Math.random,
    signal: AbortSignal.timeout(patience4)
  });
  const { identity, release, sha } = what;
  const reason = "The run was ended before it came to its end.";
  const error2 = { code: "CANCELLED", message: reason, hint: void 0 };
  const announcer = createAnnouncer(what, { github, clock: systemClock });
  const warning2 = await announcer.end({
    ...emptyReport(),
    status: "failed",
    reason,
    environment: identity.name,
    release,
    sha,
    error: error2
  });
  if (warning2) warning(warning2);
  await http.close();
}
var patience4;
var init_leftover = __esm({
  "src/runner/leftover.ts"() {
    "use strict";
    init_core();
    init_announcer();
    init_secret();
    init_report();
    init_http_client();
    init_octokit_github();
    init_system_clock();
    patience4 = 3e4;
  }
});

// src/store/acl.ts
var cannedAcls;
var init_acl = __esm({
  "src/store/acl.ts"() {
    "use strict";
    cannedAcls = [
      "private",
      "public-read",
      "public-read-write",
      "authenticated-read",
      "aws-exec-read",
      "bucket-owner-read",
      "bucket-owner-full-control"
    ];
  }
});

// src/inputs/artifact-format.ts
var artifactFormats;
var init_artifact_format = __esm({
  "src/inputs/artifact-format.ts"() {
    "use strict";
    artifactFormats = ["tar.gz", "zip"];
  }
});

// src/lib/parse.ts
function parseDuration(text2) {
  if (!/^(\d+[smhd])+$/.test(text2)) return void 0;
  let total = 0;
  for (const [, count, unit] of text2.matchAll(/(\d+)([smhd])/g)) {
    total += Number(count) * units[unit];
  }
  return total > 0 ? total : void 0;
}
function parseBoolean(text2) {
  if (/^(true|True|TRUE)$/.test(text2)) return true;
  if (/^(false|False|FALSE)$/.test(text2)) return false;
  return void 0;
}
function parseNamedLines(text2, separator) {
  const found = [];
  for (const [index, raw] of text2.split(/\r\n|\r|\n/).entries()) {
    const line = raw.trim();
    if (line === "" || line.startsWith("#")) continue;
    const at2 = line.indexOf(separator);
    found.push({
      name: at2 < 0 ? "" : line.slice(0, at2).trim(),
      value: at2 < 0 ? line : line.slice(at2 + 1).trim(),
      line: index + 1
    });
  }
  return found;
}
function parseLines(text2) {
  return text2.split(/\r\n|\r|\n/).map((line) => line.trim()).filter((line) => line !== "" && !line.startsWith("#"));
}
var units;
var init_parse = __esm({
  "src/lib/parse.ts"() {
    "use strict";
    units = { s: 1e3, m: 6e4, h: 36e5, d: 864e5 };
  }
});

// src/store/shard.ts
function parseShard(text2) {
  const [, index, of] = /^(\d{1,4})\/(\d{1,4})$/.exec(text2) ?? [];
  const shard = { index: Number(index), of: Number(of) };
  return shard.index >= 1 && shard.index <= shard.of ? shard : void 0;
}
var import_node_crypto10, inShard;
var init_shard = __esm({
  "src/store/shard.ts"() {
    "use strict";
    import_node_crypto10 = require("node:crypto");
    inShard = (key, { index, of }) => Number.parseInt((0, import_node_crypto10.hash)("md5", key).slice(0, 8), 16) % of === index - 1;
  }
});

// src/assets/hashed-names.ts
function hashOf(path4) {
  return hashInName.exec(path4)?.[1];
}
function withoutHash(path4) {
  return path4.replace(hashInName, "$2");
}
function isImmutable(path4, md5, hashedNames2) {
  return hashedNames2.has(path4) && hashOf(path4) === md5.slice(0, 12);
}
var hashInName, hashedNames;
var init_hashed_names = __esm({
  "src/assets/hashed-names.ts"() {
    "use strict";
    hashInName = /\.([0-9a-f]{12})(\.[^./]*)?$/;
    hashedNames = (manifest) => new Set([...manifest?.values() ?? []].filter((name) => hashOf(name) !== void 0));
  }
});

// node_modules/picomatch/lib/constants.js
var require_constants = __commonJS({
  "node_modules/picomatch/lib/constants.js"(exports2, module2) {
    "use strict";
    var WIN_SLASH = "\\\\/";
    var WIN_NO_SLASH = `[^${WIN_SLASH}]`;
    var DEFAULT_MAX_EXTGLOB_RECURSION = 0;
    var DOT_LITERAL = "\\.";
    var PLUS_LITERAL = "\\+";
    var QMARK_LITERAL = "\\?";
    var SLASH_LITERAL = "\\/";
    var ONE_CHAR = "(?=.)";
    var QMARK = "[^/]";
    var END_ANCHOR = `(?:${SLASH_LITERAL}|$)`;
    var START_ANCHOR = `(?:^|${SLASH_LITERAL})`;
    var DOTS_SLASH = `${DOT_LITERAL}{1,2}${END_ANCHOR}`;
    var NO_DOT = `(?!${DOT_LITERAL})`;
    var NO_DOTS = `(?!${START_ANCHOR}${DOTS_SLASH})`;
    var NO_DOT_SLASH = `(?!${DOT_LITERAL}{0,1}${END_ANCHOR})`;
    var NO_DOTS_SLASH = `(?!${DOTS_SLASH})`;
    var QMARK_NO_DOT = `[^.${SLASH_LITERAL}]`;
    var STAR = `${QMARK}*?`;
    var SEP = "/";
    var POSIX_CHARS = {
      DOT_LITERAL,
      PLUS_LITERAL,
      QMARK_LITERAL,
      SLASH_LITERAL,
      ONE_CHAR,
      QMARK,
      END_ANCHOR,
      DOTS_SLASH,
      NO_DOT,
      NO_DOTS,
      NO_DOT_SLASH,
      NO_DOTS_SLASH,
      QMARK_NO_DOT,
      STAR,
      START_ANCHOR,
      SEP
    };
    var WINDOWS_CHARS = {
      ...POSIX_CHARS,
      SLASH_LITERAL: `[${WIN_SLASH}]`,
      QMARK: WIN_NO_SLASH,
      STAR: `${WIN_NO_SLASH}*?`,
      DOTS_SLASH: `${DOT_LITERAL}{1,2}(?:[${WIN_SLASH}]|$)`,
      NO_DOT: `(?!${DOT_LITERAL})`,
      NO_DOTS: `(?!(?:^|[${WIN_SLASH}])${DOT_LITERAL}{1,2}(?:[${WIN_SLASH}]|$))`,
      NO_DOT_SLASH: `(?!${DOT_LITERAL}{0,1}(?:[${WIN_SLASH}]|$))`,
      NO_DOTS_SLASH: `(?!${DOT_LITERAL}{1,2}(?:[${WIN_SLASH}]|$))`,
      QMARK_NO_DOT: `[^.${WIN_SLASH}]`,
      START_ANCHOR: `(?:^|[${WIN_SLASH}])`,
      END_ANCHOR: `(?:[${WIN_SLASH}]|$)`,
      SEP: "\\"
    };
    var POSIX_REGEX_SOURCE = {
      __proto__: null,
      alnum: "a-zA-Z0-9",
      alpha: "a-zA-Z",
      ascii: "\\x00-\\x7F",
      blank: " \\t",
      cntrl: "\\x00-\\x1F\\x7F",
      digit: "0-9",
      graph: "\\x21-\\x7E",
      lower: "a-z",
      print: "\\x20-\\x7E ",
      punct: "\\-!\"#$%&'()\\*+,./:;<=>?@[\\]^_`{|}~",
      space: " \\t\\r\\n\\v\\f",
      upper: "A-Z",
      word: "A-Za-z0-9_",
      xdigit: "A-Fa-f0-9"
    };
    module2.exports = {
      DEFAULT_MAX_EXTGLOB_RECURSION,
      MAX_LENGTH: 1024 * 64,
      POSIX_REGEX_SOURCE,
      // regular expressions
      REGEX_BACKSLASH: /\\(?![*+?^${}(|)[\]])/g,
      REGEX_NON_SPECIAL_CHARS: /^[^@![\].,$*+?^{}()|\\/]+/,
      REGEX_SPECIAL_CHARS: /[-*+?.^${}(|)[\]]/,
      REGEX_SPECIAL_CHARS_BACKREF: /(\\?)((\W)(\3*))/g,
      REGEX_SPECIAL_CHARS_GLOBAL: /([-*+?.^${}(|)[\]])/g,
      REGEX_REMOVE_BACKSLASH: /(?:\[.*?[^\\]\]|\\(?=.))/g,
      // Replace globs with equivalent patterns to reduce parsing time.
      REPLACEMENTS: {
        __proto__: null,
        "***": "*",
        "**/**": "**",
        "**/**/**": "**"
      },
      // Digits
      CHAR_0: 48,
      /* 0 */
      CHAR_9: 57,
      /* 9 */
      // Alphabet chars.
      CHAR_UPPERCASE_A: 65,
      /* A */
      CHAR_LOWERCASE_A: 97,
      /* a */
      CHAR_UPPERCASE_Z: 90,
      /* Z */
      CHAR_LOWERCASE_Z: 122,
      /* z */
      CHAR_LEFT_PARENTHESES: 40,
      /* ( */
      CHAR_RIGHT_PARENTHESES: 41,
      /* ) */
      CHAR_ASTERISK: 42,
      /* * */
      // Non-alphabetic chars.
      CHAR_AMPERSAND: 38,
      /* & */
      CHAR_AT: 64,
      /* @ */
      CHAR_BACKWARD_SLASH: 92,
      /* \ */
      CHAR_CARRIAGE_RETURN: 13,
      /* \r */
      CHAR_CIRCUMFLEX_ACCENT: 94,
      /* ^ */
      CHAR_COLON: 58,
      /* : */
      CHAR_COMMA: 44,
      /* , */
      CHAR_DOT: 46,
      /* . */
      CHAR_DOUBLE_QUOTE: 34,
      /* " */
      CHAR_EQUAL: 61,
      /* = */
      CHAR_EXCLAMATION_MARK: 33,
      /* ! */
      CHAR_FORM_FEED: 12,
      /* \f */
      CHAR_FORWARD_SLASH: 47,
      /* / */
      CHAR_GRAVE_ACCENT: 96,
      /* ` */
      CHAR_HASH: 35,
      /* # */
      CHAR_HYPHEN_MINUS: 45,
      /* - */
      CHAR_LEFT_ANGLE_BRACKET: 60,
      /* < */
      CHAR_LEFT_CURLY_BRACE: 123,
      /* { */
      CHAR_LEFT_SQUARE_BRACKET: 91,
      /* [ */
      CHAR_LINE_FEED: 10,
      /* \n */
      CHAR_NO_BREAK_SPACE: 160,
      /* \u00A0 */
      CHAR_PERCENT: 37,
      /* % */
      CHAR_PLUS: 43,
      /* + */
      CHAR_QUESTION_MARK: 63,
      /* ? */
      CHAR_RIGHT_ANGLE_BRACKET: 62,
      /* > */
      CHAR_RIGHT_CURLY_BRACE: 125,
      /* } */
      CHAR_RIGHT_SQUARE_BRACKET: 93,
      /* ] */
      CHAR_SEMICOLON: 59,
      /* ; */
      CHAR_SINGLE_QUOTE: 39,
      /* ' */
      CHAR_SPACE: 32,
      /*   */
      CHAR_TAB: 9,
      /* \t */
      CHAR_UNDERSCORE: 95,
      /* _ */
      CHAR_VERTICAL_LINE: 124,
      /* | */
      CHAR_ZERO_WIDTH_NOBREAK_SPACE: 65279,
      /* \uFEFF */
      /**
       * Create EXTGLOB_CHARS
       */
      extglobChars(chars) {
        return {
          "!": { type: "negate", open: "(?:(?!(?:", close: `))${chars.STAR})` },
          "?": { type: "qmark", open: "(?:", close: ")?" },
          "+": { type: "plus", open: "(?:", close: ")+" },
          "*": { type: "star", open: "(?:", close: ")*" },
          "@": { type: "at", open: "(?:", close: ")" }
        };
      },
      /**
       * Create GLOB_CHARS
       */
      globChars(win322) {
        return win322 === true ? WINDOWS_CHARS : POSIX_CHARS;
      }
    };
  }
});

// node_modules/picomatch/lib/utils.js
var require_utils = __commonJS({
  "node_modules/picomatch/lib/utils.js"(exports2) {
    "use strict";
    var {
      REGEX_BACKSLASH,
      REGEX_REMOVE_BACKSLASH,
      REGEX_SPECIAL_CHARS,
      REGEX_SPECIAL_CHARS_GLOBAL
    } = require_constants();
    exports2.isObject = (val) => val !== null && typeof val === "object" && !Array.isArray(val);
    exports2.hasRegexChars = (str) => REGEX_SPECIAL_CHARS.test(str);
    exports2.isRegexChar = (str) => str.length === 1 && exports2.hasRegexChars(str);
    exports2.escapeRegex = (str) => str.replace(REGEX_SPECIAL_CHARS_GLOBAL, "\\$1");
    exports2.toPosixSlashes = (str) => str.replace(REGEX_BACKSLASH, "/");
    exports2.isWindows = () => {
      if (typeof navigator !== "undefined" && navigator.platform) {
        const platform2 = navigator.platform.toLowerCase();
        return platform2 === "win32" || platform2 === "windows";
      }
      if (typeof process !== "undefined" && process.platform) {
        return process.platform === "win32";
      }
      return false;
    };
    exports2.removeBackslashes = (str) => {
      return str.replace(REGEX_REMOVE_BACKSLASH, (match) => {
        return match === "\\" ? "" : match;
      });
    };
    exports2.escapeLast = (input, char, lastIdx) => {
      const idx = input.lastIndexOf(char, lastIdx);
      if (idx === -1) return input;
      if (input[idx - 1] === "\\") return exports2.escapeLast(input, char, idx - 1);
      return `${input.slice(0, idx)}\\${input.slice(idx)}`;
    };
    exports2.removePrefix = (input, state = {}) => {
      let output = input;
      if (output.startsWith("./")) {
        output = output.slice(2);
        state.prefix = "./";
      }
      return output;
    };
    exports2.wrapOutput = (input, state = {}, options = {}) => {
      const prepend = options.contains ? "" : "^";
      const append = options.contains ? "" : "$";
      let output = `${prepend}(?:${input})${append}`;
      if (state.negated === true) {
        output = `(?:^(?!${output}).*$)`;
      }
      return output;
    };
    exports2.basename = (path4, { windows } = {}) => {
      const segs = path4.split(windows ? /[\\/]/ : "/");
      const last = segs[segs.length - 1];
      if (last === "") {
        return segs[segs.length - 2];
      }
      return last;
    };
  }
});

// node_modules/picomatch/lib/scan.js
var require_scan = __commonJS({
  "node_modules/picomatch/lib/scan.js"(exports2, module2) {
    "use strict";
    var utils = require_utils();
    var {
      CHAR_ASTERISK,
      /* * */
      CHAR_AT,
      /* @ */
      CHAR_BACKWARD_SLASH,
      /* \ */
      CHAR_COMMA,
      /* , */
      CHAR_DOT,
      /* . */
      CHAR_EXCLAMATION_MARK,
      /* ! */
      CHAR_FORWARD_SLASH,
      /* / */
      CHAR_LEFT_CURLY_BRACE,
      /* { */
      CHAR_LEFT_PARENTHESES,
      /* ( */
      CHAR_LEFT_SQUARE_BRACKET,
      /* [ */
      CHAR_PLUS,
      /* + */
      CHAR_QUESTION_MARK,
      /* ? */
      CHAR_RIGHT_CURLY_BRACE,
      /* } */
      CHAR_RIGHT_PARENTHESES,
      /* ) */
      CHAR_RIGHT_SQUARE_BRACKET
      /* ] */
    } = require_constants();
    var isPathSeparator = (code2) => {
      return code2 === CHAR_FORWARD_SLASH || code2 === CHAR_BACKWARD_SLASH;
    };
    var depth = (token) => {
      if (token.isPrefix !== true) {
        token.depth = token.isGlobstar ? Infinity : 1;
      }
    };
    var scan = (input, options) => {
      const opts = options || {};
      const length = input.length - 1;
      const scanToEnd = opts.parts === true || opts.tokens === true || opts.scanToEnd === true;
      const slashes = [];
      const tokens = [];
      const parts = [];
      let str = input;
      let index = -1;
      let start2 = 0;
      let lastIndex = 0;
      let isBrace = false;
      let isBracket = false;
      let isGlob = false;
      let isExtglob = false;
      let isGlobstar = false;
      let braceEscaped = false;
      let backslashes = false;
      let negated = false;
      let negatedExtglob = false;
      let finished = false;
      let braces = 0;
      let prev;
      let code2;
      let token = { value: "", depth: 0, isGlob: false };
      const eos = () => index >= length;
      const peek = () => str.charCodeAt(index + 1);
      const advance = () => {
        prev = code2;
        return str.charCodeAt(++index);
      };
      while (index < length) {
        code2 = advance();
        let next;
        if (code2 === CHAR_BACKWARD_SLASH) {
          backslashes = token.backslashes = true;
          code2 = advance();
          if (code2 === CHAR_LEFT_CURLY_BRACE) {
            braceEscaped = true;
          }
          continue;
        }
        if (braceEscaped === true || code2 === CHAR_LEFT_CURLY_BRACE) {
          braces++;
          while (eos() !== true && (code2 = advance())) {
            if (code2 === CHAR_BACKWARD_SLASH) {
              backslashes = token.backslashes = true;
              advance();
              continue;
            }
            if (code2 === CHAR_LEFT_CURLY_BRACE) {
              braces++;
              continue;
            }
            if (braceEscaped !== true && code2 === CHAR_DOT && (code2 = advance()) === CHAR_DOT) {
              isBrace = token.isBrace = true;
              isGlob = token.isGlob = true;
              finished = true;
              if (scanToEnd === true) {
                continue;
              }
              break;
            }
            if (braceEscaped !== true && code2 === CHAR_COMMA) {
              isBrace = token.isBrace = true;
              isGlob = token.isGlob = true;
              finished = true;
              if (scanToEnd === true) {
                continue;
              }
              break;
            }
            if (code2 === CHAR_RIGHT_CURLY_BRACE) {
              braces--;
              if (braces === 0) {
                braceEscaped = false;
                isBrace = token.isBrace = true;
                finished = true;
                break;
              }
            }
          }
          if (scanToEnd === true) {
            continue;
          }
          break;
        }
        if (code2 === CHAR_FORWARD_SLASH) {
          slashes.push(index);
          tokens.push(token);
          token = { value: "", depth: 0, isGlob: false };
          if (finished === true) continue;
          if (prev === CHAR_DOT && index === start2 + 1) {
            start2 += 2;
            continue;
          }
          lastIndex = index + 1;
          continue;
        }
        if (opts.noext !== true) {
          const isExtglobChar = code2 === CHAR_PLUS || code2 === CHAR_AT || code2 === CHAR_ASTERISK || code2 === CHAR_QUESTION_MARK || code2 === CHAR_EXCLAMATION_MARK;
          if (isExtglobChar === true && peek() === CHAR_LEFT_PARENTHESES) {
            isGlob = token.isGlob = true;
            isExtglob = token.isExtglob = true;
            finished = true;
            if (code2 === CHAR_EXCLAMATION_MARK && index === start2) {
              negatedExtglob = true;
            }
            if (scanToEnd === true) {
              let parens = 0;
              while (eos() !== true && (code2 = advance())) {
                if (code2 === CHAR_BACKWARD_SLASH) {
                  backslashes = token.backslashes = true;
                  advance();
                  continue;
                }
                if (code2 === CHAR_LEFT_PARENTHESES) {
                  parens++;
                  continue;
                }
                if (code2 === CHAR_RIGHT_PARENTHESES && --parens === 0) {
                  finished = true;
                  break;
                }
              }
              continue;
            }
            break;
          }
        }
        if (code2 === CHAR_ASTERISK) {
          if (prev === CHAR_ASTERISK) isGlobstar = token.isGlobstar = true;
          isGlob = token.isGlob = true;
          finished = true;
          if (scanToEnd === true) {
            continue;
          }
          break;
        }
        if (code2 === CHAR_QUESTION_MARK) {
          isGlob = token.isGlob = true;
          finished = true;
          if (scanToEnd === true) {
            continue;
          }
          break;
        }
        if (code2 === CHAR_LEFT_SQUARE_BRACKET) {
          while (eos() !== true && (next = advance())) {
            if (next === CHAR_BACKWARD_SLASH) {
              backslashes = token.backslashes = true;
              advance();
              continue;
            }
            if (next === CHAR_RIGHT_SQUARE_BRACKET) {
              isBracket = token.isBracket = true;
              isGlob = token.isGlob = true;
              finished = true;
              break;
            }
          }
          if (scanToEnd === true) {
            continue;
          }
          break;
        }
        if (opts.nonegate !== true && code2 === CHAR_EXCLAMATION_MARK && index === start2) {
          negated = token.negated = true;
          start2++;
          continue;
        }
        if (opts.noparen !== true && code2 === CHAR_LEFT_PARENTHESES) {
          isGlob = token.isGlob = true;
          if (scanToEnd === true) {
            let parens = 1;
            while (eos() !== true && (code2 = advance())) {
              if (code2 === CHAR_BACKWARD_SLASH) {
                backslashes = token.backslashes = true;
                advance();
                continue;
              }
              if (code2 === CHAR_LEFT_PARENTHESES) {
                parens++;
                continue;
              }
              if (code2 === CHAR_RIGHT_PARENTHESES && --parens === 0) {
                finished = true;
                break;
              }
            }
            continue;
          }
          break;
        }
        if (isGlob === true) {
          finished = true;
          if (scanToEnd === true) {
            continue;
          }
          break;
        }
      }
      if (opts.noext === true) {
        isExtglob = false;
        isGlob = false;
      }
      let base = str;
      let prefix2 = "";
      let glob = "";
      if (start2 > 0) {
        prefix2 = str.slice(0, start2);
        str = str.slice(start2);
        lastIndex -= start2;
      }
      if (base && isGlob === true && lastIndex > 0) {
        base = str.slice(0, lastIndex);
        glob = str.slice(lastIndex);
      } else if (isGlob === true) {
        base = "";
        glob = str;
      } else {
        base = str;
      }
      if (base && base !== "" && base !== "/" && base !== str) {
        if (isPathSeparator(base.charCodeAt(base.length - 1))) {
          base = base.slice(0, -1);
        }
      }
      if (opts.unescape === true) {
        if (glob) glob = utils.removeBackslashes(glob);
        if (base && backslashes === true) {
          base = utils.removeBackslashes(base);
        }
      }
      const state = {
        prefix: prefix2,
        input,
        start: start2,
        base,
        glob,
        isBrace,
        isBracket,
        isGlob,
        isExtglob,
        isGlobstar,
        negated,
        negatedExtglob
      };
      if (opts.tokens === true) {
        state.maxDepth = 0;
        if (!isPathSeparator(code2)) {
          tokens.push(token);
        }
        state.tokens = tokens;
      }
      if (opts.parts === true || opts.tokens === true) {
        let prevIndex;
        for (let idx = 0; idx < slashes.length; idx++) {
          const n2 = prevIndex !== void 0 ? prevIndex + 1 : start2;
          const i = slashes[idx];
          const value2 = input.slice(n2, i);
          if (opts.tokens) {
            if (idx === 0 && start2 !== 0) {
              tokens[idx].isPrefix = true;
              tokens[idx].value = prefix2;
            } else {
              tokens[idx].value = value2;
            }
            depth(tokens[idx]);
            state.maxDepth += tokens[idx].depth;
          }
          if (i >= start2) {
            parts.push(value2);
            prevIndex = i;
          }
        }
        const n = prevIndex !== void 0 ? prevIndex + 1 : start2;
        const value = input.slice(n);
        parts.push(value);
        if (opts.tokens && prevIndex && prevIndex + 1 < input.length) {
          tokens[tokens.length - 1].value = value;
          depth(tokens[tokens.length - 1]);
          state.maxDepth += tokens[tokens.length - 1].depth;
        }
        state.slashes = slashes;
        state.parts = parts;
      }
      return state;
    };
    module2.exports = scan;
  }
});

// node_modules/picomatch/lib/parse.js
var require_parse = __commonJS({
  "node_modules/picomatch/lib/parse.js"(exports2, module2) {
    "use strict";
    var constants7 = require_constants();
    var utils = require_utils();
    var {
      MAX_LENGTH,
      POSIX_REGEX_SOURCE,
      REGEX_NON_SPECIAL_CHARS,
      REGEX_SPECIAL_CHARS_BACKREF,
      REPLACEMENTS
    } = constants7;
    var expandRange = (args, options) => {
      if (typeof options.expandRange === "function") {
        return options.expandRange(...args, options);
      }
      args.sort();
      const value = `[${args.join("-")}]`;
      try {
        new RegExp(value);
      } catch (ex) {
        return args.map((v) => utils.escapeRegex(v)).join("..");
      }
      return value;
    };
    var syntaxError = (type, char) => {
      return `Missing ${type}: "${char}" - use "\\\\${char}" to match literal characters`;
    };
    var splitTopLevel = (input) => {
      const parts = [];
      let bracket = 0;
      let paren = 0;
      let quote = 0;
      let value = "";
      let escaped = false;
      for (const ch of input) {
        if (escaped === true) {
          value += ch;
          escaped = false;
          continue;
        }
        if (ch === "\\") {
          value += ch;
          escaped = true;
          continue;
        }
        if (ch === '"') {
          quote = quote === 1 ? 0 : 1;
          value += ch;
          continue;
        }
        if (quote === 0) {
          if (ch === "[") {
            bracket++;
          } else if (ch === "]" && bracket > 0) {
            bracket--;
          } else if (bracket === 0) {
            if (ch === "(") {
              paren++;
            } else if (ch === ")" && paren > 0) {
              paren--;
            } else if (ch === "|" && paren === 0) {
              parts.push(value);
              value = "";
              continue;
            }
          }
        }
        value += ch;
      }
      parts.push(value);
      return parts;
    };
    var isPlainBranch = (branch) => {
      let escaped = false;
      for (const ch of branch) {
        if (escaped === true) {
          escaped = false;
          continue;
        }
        if (ch === "\\") {
          escaped = true;
          continue;
        }
        if (/[?*+@!()[\]{}]/.test(ch)) {
          return false;
        }
      }
      return true;
    };
    var normalizeSimpleBranch = (branch) => {
      let value = branch.trim();
      let changed = true;
      while (changed === true) {
        changed = false;
        if (/^@\([^\\()[\]{}|]+\)$/.test(value)) {
          value = value.slice(2, -1);
          changed = true;
        }
      }
      if (!isPlainBranch(value)) {
        return;
      }
      return value.replace(/\\(.)/g, "$1");
    };
    var hasRepeatedCharPrefixOverlap = (branches) => {
      const values = branches.map(normalizeSimpleBranch).filter(Boolean);
      for (let i = 0; i < values.length; i++) {
        for (let j = i + 1; j < values.length; j++) {
          const a = values[i];
          const b = values[j];
          const char = a[0];
          if (!char || a !== char.repeat(a.length) || b !== char.repeat(b.length)) {
            continue;
          }
          if (a === b || a.startsWith(b) || b.startsWith(a)) {
            return true;
          }
        }
      }
      return false;
    };
    var parseRepeatedExtglob = (pattern, requireEnd = true) => {
      if (pattern[0] !== "+" && pattern[0] !== "*" || pattern[1] !== "(") {
        return;
      }
      let bracket = 0;
      let paren = 0;
      let quote = 0;
      let escaped = false;
      for (let i = 1; i < pattern.length; i++) {
        const ch = pattern[i];
        if (escaped === true) {
          escaped = false;
          continue;
        }
        if (ch === "\\") {
          escaped = true;
          continue;
        }
        if (ch === '"') {
          quote = quote === 1 ? 0 : 1;
          continue;
        }
        if (quote === 1) {
          continue;
        }
        if (ch === "[") {
          bracket++;
          continue;
        }
        if (ch === "]" && bracket > 0) {
          bracket--;
          continue;
        }
        if (bracket > 0) {
          continue;
        }
        if (ch === "(") {
          paren++;
          continue;
        }
        if (ch === ")") {
          paren--;
          if (paren === 0) {
            if (requireEnd === true && i !== pattern.length - 1) {
              return;
            }
            return {
              type: pattern[0],
              body: pattern.slice(2, i),
              end: i
            };
          }
        }
      }
    };
    var buildCharClassStar = (chars) => {
      const source = chars.length === 1 ? utils.escapeRegex(chars[0]) : `[${chars.map((ch) => utils.escapeRegex(ch)).join("")}]`;
      return `${source}*`;
    };
    var getStarExtglobSequenceChars = (pattern) => {
      let index = 0;
      const chars = [];
      while (index < pattern.length) {
        const match = parseRepeatedExtglob(pattern.slice(index), false);
        if (!match || match.type !== "*") {
          return;
        }
        const branches = splitTopLevel(match.body).map((branch2) => branch2.trim());
        if (branches.length !== 1) {
          return;
        }
        const branch = normalizeSimpleBranch(branches[0]);
        if (!branch || branch.length !== 1) {
          return;
        }
        chars.push(branch);
        index += match.end + 1;
      }
      if (chars.length < 1) {
        return;
      }
      return chars;
    };
    var repeatedExtglobRecursion = (pattern) => {
      let depth = 0;
      let value = pattern.trim();
      let match = parseRepeatedExtglob(value);
      while (match) {
        depth++;
        value = match.body.trim();
        match = parseRepeatedExtglob(value);
      }
      return depth;
    };
    var analyzeRepeatedExtglob = (body, options) => {
      if (options.maxExtglobRecursion === false) {
        return { risky: false };
      }
      const max = typeof options.maxExtglobRecursion === "number" ? options.maxExtglobRecursion : constants7.DEFAULT_MAX_EXTGLOB_RECURSION;
      const branches = splitTopLevel(body).map((branch) => branch.trim());
      if (branches.length > 1) {
        if (branches.some((branch) => branch === "") || branches.some((branch) => /^[*?]+$/.test(branch)) || hasRepeatedCharPrefixOverlap(branches)) {
          return { risky: true };
        }
      }
      const safeChars = [];
      let sawStarSequence = false;
      let combinable = true;
      for (const branch of branches) {
        const chars = getStarExtglobSequenceChars(branch);
        if (chars) {
          sawStarSequence = true;
          safeChars.push(...chars);
          continue;
        }
        const literal = normalizeSimpleBranch(branch);
        if (literal && literal.length === 1) {
          safeChars.push(literal);
          continue;
        }
        combinable = false;
        if (repeatedExtglobRecursion(branch) > max) {
          return { risky: true };
        }
      }
      if (sawStarSequence) {
        return combinable ? { risky: true, safeOutput: buildCharClassStar([...new Set(safeChars)]) } : { risky: true };
      }
      return { risky: false };
    };
    var parse5 = (input, options) => {
      if (typeof input !== "string") {
        throw new TypeError("Expected a string");
      }
      input = REPLACEMENTS[input] || input;
      const opts = { ...options };
      const max = typeof opts.maxLength === "number" ? Math.min(MAX_LENGTH, opts.maxLength) : MAX_LENGTH;
      let len = input.length;
      if (len > max) {
        throw new SyntaxError(`Input length: ${len}, exceeds maximum allowed length: ${max}`);
      }
      const bos = { type: "bos", value: "", output: opts.prepend || "" };
      const tokens = [bos];
      const capture2 = opts.capture ? "" : "?:";
      const PLATFORM_CHARS = constants7.globChars(opts.windows);
      const EXTGLOB_CHARS = constants7.extglobChars(PLATFORM_CHARS);
      const {
        DOT_LITERAL,
        PLUS_LITERAL,
        SLASH_LITERAL,
        ONE_CHAR,
        DOTS_SLASH,
        NO_DOT,
        NO_DOT_SLASH,
        NO_DOTS_SLASH,
        QMARK,
        QMARK_NO_DOT,
        STAR,
        START_ANCHOR
      } = PLATFORM_CHARS;
      const globstar = (opts2) => {
        return `(${capture2}(?:(?!${START_ANCHOR}${opts2.dot ? DOTS_SLASH : DOT_LITERAL}).)*?)`;
      };
      const nodot = opts.dot ? "" : NO_DOT;
      const qmarkNoDot = opts.dot ? QMARK : QMARK_NO_DOT;
      let star = opts.bash === true ? globstar(opts) : STAR;
      if (opts.capture) {
        star = `(${star})`;
      }
      if (typeof opts.noext === "boolean") {
        opts.noextglob = opts.noext;
      }
      const state = {
        input,
        index: -1,
        start: 0,
        dot: opts.dot === true,
        consumed: "",
        output: "",
        prefix: "",
        backtrack: false,
        negated: false,
        brackets: 0,
        braces: 0,
        parens: 0,
        quotes: 0,
        globstar: false,
        tokens
      };
      input = utils.removePrefix(input, state);
      len = input.length;
      const extglobs = [];
      const braces = [];
      const stack = [];
      let prev = bos;
      let value;
      const eos = () => state.index === len - 1;
      const peek = state.peek = (n = 1) => input[state.index + n];
      const advance = state.advance = () => input[++state.index] || "";
      const remaining = () => input.slice(state.index + 1);
      const consume = (value2 = "", num = 0) => {
        state.consumed += value2;
        state.index += num;
      };
      const append = (token) => {
        state.output += token.output != null ? token.output : token.value;
        consume(token.value);
      };
      const negate = () => {
        let count = 1;
        while (peek() === "!" && (peek(2) !== "(" || peek(3) === "?")) {
          advance();
          state.start++;
          count++;
        }
        if (count % 2 === 0) {
          return false;
        }
        state.negated = true;
        state.start++;
        return true;
      };
      const increment = (type) => {
        state[type]++;
        stack.push(type);
      };
      const decrement = (type) => {
        state[type]--;
        stack.pop();
      };
      const push = (tok) => {
        if (prev.type === "globstar") {
          const isBrace = state.braces > 0 && (tok.type === "comma" || tok.type === "brace");
          const isExtglob = tok.extglob === true || extglobs.length && (tok.type === "pipe" || tok.type === "paren");
          if (tok.type !== "slash" && tok.type !== "paren" && !isBrace && !isExtglob) {
            state.output = state.output.slice(0, -prev.output.length);
            prev.type = "star";
            prev.value = "*";
            prev.output = star;
            state.output += prev.output;
          }
        }
        if (extglobs.length && tok.type !== "paren") {
          extglobs[extglobs.length - 1].inner += tok.value;
        }
        if (tok.value || tok.output) append(tok);
        if (prev && prev.type === "text" && tok.type === "text") {
          prev.output = (prev.output || prev.value) + tok.value;
          prev.value += tok.value;
          return;
        }
        tok.prev = prev;
        tokens.push(tok);
        prev = tok;
      };
      const extglobOpen = (type, value2) => {
        const token = { ...EXTGLOB_CHARS[value2], conditions: 1, inner: "" };
        token.prev = prev;
        token.parens = state.parens;
        token.output = state.output;
        token.startIndex = state.index;
        token.tokensIndex = tokens.length;
        const output = (opts.capture ? "(" : "") + token.open;
        increment("parens");
        push({ type, value: value2, output: state.output ? "" : ONE_CHAR });
        push({ type: "paren", extglob: true, value: advance(), output });
        extglobs.push(token);
      };
      const extglobClose = (token) => {
        const literal = input.slice(token.startIndex, state.index + 1);
        const body = input.slice(token.startIndex + 2, state.index);
        const analysis = analyzeRepeatedExtglob(body, opts);
        if ((token.type === "plus" || token.type === "star") && analysis.risky) {
          const safeOutput = analysis.safeOutput ? (token.output ? "" : ONE_CHAR) + (opts.capture ? `(${analysis.safeOutput})` : analysis.safeOutput) : void 0;
          const open6 = tokens[token.tokensIndex];
          open6.type = "text";
          open6.value = literal;
          open6.output = safeOutput || utils.escapeRegex(literal);
          for (let i = token.tokensIndex + 1; i < tokens.length; i++) {
            tokens[i].value = "";
            tokens[i].output = "";
            delete tokens[i].suffix;
          }
          state.output = token.output + open6.output;
          state.backtrack = true;
          push({ type: "paren", extglob: true, value, output: "" });
          decrement("parens");
          return;
        }
        let output = token.close + (opts.capture ? ")" : "");
        let rest;
        if (token.type === "negate") {
          let extglobStar = star;
          if (token.inner && token.inner.length > 1 && token.inner.includes("/")) {
            extglobStar = globstar(opts);
          }
          if (extglobStar !== star || eos() || /^\)+$/.test(remaining())) {
            output = token.close = `)$))${extglobStar}`;
          }
          if (token.inner.includes("*") && (rest = remaining()) && /^\.[^\\/.]+$/.test(rest)) {
            const expression = parse5(rest, { ...options, fastpaths: false }).output;
            output = token.close = `)${expression})${extglobStar})`;
          }
          if (token.prev.type === "bos") {
            state.negatedExtglob = true;
          }
        }
        push({ type: "paren", extglob: true, value, output });
        decrement("parens");
      };
      if (opts.fastpaths !== false && !/(^[*!]|[/()[\]{}"])/.test(input)) {
        let backslashes = false;
        let output = input.replace(REGEX_SPECIAL_CHARS_BACKREF, (m, esc, chars, first, rest, index) => {
          if (first === "\\") {
            backslashes = true;
            return m;
          }
          if (first === "?") {
            if (esc) {
              return esc + first + (rest ? QMARK.repeat(rest.length) : "");
            }
            if (index === 0) {
              return qmarkNoDot + (rest ? QMARK.repeat(rest.length) : "");
            }
            return QMARK.repeat(chars.length);
          }
          if (first === ".") {
            return DOT_LITERAL.repeat(chars.length);
          }
          if (first === "*") {
            if (esc) {
              return esc + first + (rest ? star : "");
            }
            return star;
          }
          return esc ? m : `\\${m}`;
        });
        if (backslashes === true) {
          if (opts.unescape === true) {
            output = output.replace(/\\/g, "");
          } else {
            output = output.replace(/\\+/g, (m) => {
              return m.length % 2 === 0 ? "\\\\" : m ? "\\" : "";
            });
          }
        }
        if (output === input && opts.contains === true) {
          state.output = input;
          return state;
        }
        state.output = utils.wrapOutput(output, state, options);
        return state;
      }
      while (!eos()) {
        value = advance();
        if (value === "\0") {
          continue;
        }
        if (value === "\\") {
          const next = peek();
          if (next === "/" && opts.bash !== true) {
            continue;
          }
          if (next === "." || next === ";") {
            continue;
          }
          if (!next) {
            value += "\\";
            push({ type: "text", value });
            continue;
          }
          const match = /^\\+/.exec(remaining());
          let slashes = 0;
          if (match && match[0].length > 2) {
            slashes = match[0].length;
            state.index += slashes;
            if (slashes % 2 !== 0) {
              value += "\\";
            }
          }
          if (opts.unescape === true) {
            value = advance();
          } else {
            value += advance();
          }
          if (state.brackets === 0) {
            push({ type: "text", value });
            continue;
          }
        }
        if (state.brackets > 0 && (value !== "]" || prev.value === "[" || prev.value === "[^")) {
          if (opts.posix !== false && value === ":") {
            const inner = prev.value.slice(1);
            if (inner.includes("[")) {
              prev.posix = true;
              if (inner.includes(":")) {
                const idx = prev.value.lastIndexOf("[");
                const pre = prev.value.slice(0, idx);
                const rest2 = prev.value.slice(idx + 2);
                const posix16 = POSIX_REGEX_SOURCE[rest2];
                if (posix16) {
                  prev.value = pre + posix16;
                  state.backtrack = true;
                  advance();
                  if (!bos.output && tokens.indexOf(prev) === 1) {
                    bos.output = ONE_CHAR;
                  }
                  continue;
                }
              }
            }
          }
          if (value === "[" && peek() !== ":" || value === "-" && peek() === "]") {
            value = `\\${value}`;
          }
          if (value === "]" && (prev.value === "[" || prev.value === "[^")) {
            value = `\\${value}`;
          }
          if (opts.posix === true && value === "!" && prev.value === "[") {
            value = "^";
          }
          prev.value += value;
          append({ value });
          continue;
        }
        if (state.quotes === 1 && value !== '"') {
          value = utils.escapeRegex(value);
          prev.value += value;
          append({ value });
          continue;
        }
        if (value === '"') {
          state.quotes = state.quotes === 1 ? 0 : 1;
          if (opts.keepQuotes === true) {
            push({ type: "text", value });
          }
          continue;
        }
        if (value === "(") {
          increment("parens");
          push({ type: "paren", value });
          continue;
        }
        if (value === ")") {
          if (state.parens === 0 && opts.strictBrackets === true) {
            throw new SyntaxError(syntaxError("opening", "("));
          }
          const extglob = extglobs[extglobs.length - 1];
          if (extglob && state.parens === extglob.parens + 1) {
            extglobClose(extglobs.pop());
            continue;
          }
          push({ type: "paren", value, output: state.parens ? ")" : "\\)" });
          decrement("parens");
          continue;
        }
        if (value === "[") {
          if (opts.nobracket === true || !remaining().includes("]")) {
            if (opts.nobracket !== true && opts.strictBrackets === true) {
              throw new SyntaxError(syntaxError("closing", "]"));
            }
            value = `\\${value}`;
          } else {
            increment("brackets");
          }
          push({ type: "bracket", value });
          continue;
        }
        if (value === "]") {
          if (opts.nobracket === true || prev && prev.type === "bracket" && prev.value.length === 1) {
            push({ type: "text", value, output: `\\${value}` });
            continue;
          }
          if (state.brackets === 0) {
            if (opts.strictBrackets === true) {
              throw new SyntaxError(syntaxError("opening", "["));
            }
            push({ type: "text", value, output: `\\${value}` });
            continue;
          }
          decrement("brackets");
          const prevValue = prev.value.slice(1);
          if (prev.posix !== true && prevValue[0] === "^" && !prevValue.includes("/")) {
            value = `/${value}`;
          }
          prev.value += value;
          append({ value });
          if (opts.literalBrackets === false || utils.hasRegexChars(prevValue)) {
            continue;
          }
          const escaped = utils.escapeRegex(prev.value);
          state.output = state.output.slice(0, -prev.value.length);
          if (opts.literalBrackets === true) {
            state.output += escaped;
            prev.value = escaped;
            continue;
          }
          prev.value = `(${capture2}${escaped}|${prev.value})`;
          state.output += prev.value;
          continue;
        }
        if (value === "{" && opts.nobrace !== true) {
          increment("braces");
          const open6 = {
            type: "brace",
            value,
            output: "(",
            outputIndex: state.output.length,
            tokensIndex: state.tokens.length
          };
          braces.push(open6);
          push(open6);
          continue;
        }
        if (value === "}") {
          const brace = braces[braces.length - 1];
          if (opts.nobrace === true || !brace) {
            push({ type: "text", value, output: value });
            continue;
          }
          let output = ")";
          if (brace.dots === true) {
            const arr = tokens.slice();
            const range = [];
            for (let i = arr.length - 1; i >= 0; i--) {
              tokens.pop();
              if (arr[i].type === "brace") {
                break;
              }
              if (arr[i].type !== "dots") {
                range.unshift(arr[i].value);
              }
            }
            output = expandRange(range, opts);
            state.backtrack = true;
          }
          if (brace.comma !== true && brace.dots !== true) {
            const out = state.output.slice(0, brace.outputIndex);
            const toks = state.tokens.slice(brace.tokensIndex);
            brace.value = brace.output = "\\{";
            value = output = "\\}";
            state.output = out;
            for (const t of toks) {
              state.output += t.output || t.value;
            }
          }
          push({ type: "brace", value, output });
          decrement("braces");
          braces.pop();
          continue;
        }
        if (value === "|") {
          if (extglobs.length > 0) {
            extglobs[extglobs.length - 1].conditions++;
          }
          push({ type: "text", value });
          continue;
        }
        if (value === ",") {
          let output = value;
          const brace = braces[braces.length - 1];
          if (brace && stack[stack.length - 1] === "braces") {
            brace.comma = true;
            output = "|";
          }
          push({ type: "comma", value, output });
          continue;
        }
        if (value === "/") {
          if (prev.type === "dot" && state.index === state.start + 1) {
            state.start = state.index + 1;
            state.consumed = "";
            state.output = "";
            tokens.pop();
            prev = bos;
            continue;
          }
          push({ type: "slash", value, output: SLASH_LITERAL });
          continue;
        }
        if (value === ".") {
          if (state.braces > 0 && prev.type === "dot") {
            if (prev.value === ".") prev.output = DOT_LITERAL;
            const brace = braces[braces.length - 1];
            prev.type = "dots";
            prev.output += value;
            prev.value += value;
            brace.dots = true;
            continue;
          }
          if (state.braces + state.parens === 0 && prev.type !== "bos" && prev.type !== "slash") {
            push({ type: "text", value, output: DOT_LITERAL });
            continue;
          }
          push({ type: "dot", value, output: DOT_LITERAL });
          continue;
        }
        if (value === "?") {
          const isGroup = prev && prev.value === "(";
          if (!isGroup && opts.noextglob !== true && peek() === "(" && peek(2) !== "?") {
            extglobOpen("qmark", value);
            continue;
          }
          if (prev && prev.type === "paren") {
            const next = peek();
            let output = value;
            if (prev.value === "(" && !/[!=<:]/.test(next) || next === "<" && !/<([!=]|\w+>)/.test(remaining())) {
              output = `\\${value}`;
            }
            push({ type: "text", value, output });
            continue;
          }
          if (opts.dot !== true && (prev.type === "slash" || prev.type === "bos")) {
            push({ type: "qmark", value, output: QMARK_NO_DOT });
            continue;
          }
          push({ type: "qmark", value, output: QMARK });
          continue;
        }
        if (value === "!") {
          if (opts.noextglob !== true && peek() === "(") {
            if (peek(2) !== "?" || !/[!=<:]/.test(peek(3))) {
              extglobOpen("negate", value);
              continue;
            }
          }
          if (opts.nonegate !== true && state.index === 0) {
            negate();
            continue;
          }
        }
        if (value === "+") {
          if (opts.noextglob !== true && peek() === "(" && peek(2) !== "?") {
            extglobOpen("plus", value);
            continue;
          }
          if (prev && prev.value === "(" || opts.regex === false) {
            push({ type: "plus", value, output: PLUS_LITERAL });
            continue;
          }
          if (prev && (prev.type === "bracket" || prev.type === "paren" || prev.type === "brace") || state.parens > 0) {
            push({ type: "plus", value });
            continue;
          }
          push({ type: "plus", value: PLUS_LITERAL });
          continue;
        }
        if (value === "@") {
          if (opts.noextglob !== true && peek() === "(" && peek(2) !== "?") {
            push({ type: "at", extglob: true, value, output: "" });
            continue;
          }
          push({ type: "text", value });
          continue;
        }
        if (value !== "*") {
          if (value === "$" || value === "^") {
            value = `\\${value}`;
          }
          const match = REGEX_NON_SPECIAL_CHARS.exec(remaining());
          if (match) {
            value += match[0];
            state.index += match[0].length;
          }
          push({ type: "text", value });
          continue;
        }
        if (prev && (prev.type === "globstar" || prev.star === true)) {
          prev.type = "star";
          prev.star = true;
          prev.value += value;
          prev.output = star;
          state.backtrack = true;
          state.globstar = true;
          consume(value);
          continue;
        }
        let rest = remaining();
        if (opts.noextglob !== true && /^\([^?]/.test(rest)) {
          extglobOpen("star", value);
          continue;
        }
        if (prev.type === "star") {
          if (opts.noglobstar === true) {
            consume(value);
            continue;
          }
          const prior = prev.prev;
          const before = prior.prev;
          const isStart2 = prior.type === "slash" || prior.type === "bos";
          const afterStar = before && (before.type === "star" || before.type === "globstar");
          if (opts.bash === true && (!isStart2 || rest[0] && rest[0] !== "/")) {
            push({ type: "star", value, output: "" });
            continue;
          }
          const isBrace = state.braces > 0 && (prior.type === "comma" || prior.type === "brace");
          const isExtglob = extglobs.length && (prior.type === "pipe" || prior.type === "paren");
          if (!isStart2 && prior.type !== "paren" && !isBrace && !isExtglob) {
            push({ type: "star", value, output: "" });
            continue;
          }
          while (rest.slice(0, 3) === "/**") {
            const after = input[state.index + 4];
            if (after && after !== "/") {
              break;
            }
            rest = rest.slice(3);
            consume("/**", 3);
          }
          const isEnd = eos() || state.parens > 0 && rest === ")".repeat(state.parens) && !extglobs.some((extglob) => extglob.type === "negate");
          if (prior.type === "bos" && eos()) {
            prev.type = "globstar";
            prev.value += value;
            prev.output = globstar(opts);
            state.output = prev.output;
            state.globstar = true;
            consume(value);
            continue;
          }
          if (prior.type === "slash" && prior.prev.type !== "bos" && !afterStar && isEnd) {
            state.output = state.output.slice(0, -(prior.output + prev.output).length);
            prior.output = `(?:${prior.output}`;
            prev.type = "globstar";
            prev.output = globstar(opts) + (opts.strictSlashes ? ")" : "|$)");
            prev.value += value;
            state.globstar = true;
            state.output += prior.output + prev.output;
            consume(value);
            continue;
          }
          if (prior.type === "slash" && prior.prev.type !== "bos" && rest[0] === "/") {
            const end = rest[1] !== void 0 ? "|$" : "";
            state.output = state.output.slice(0, -(prior.output + prev.output).length);
            prior.output = `(?:${prior.output}`;
            prev.type = "globstar";
            prev.output = `${globstar(opts)}${SLASH_LITERAL}|${SLASH_LITERAL}${end})`;
            prev.value += value;
            state.output += prior.output + prev.output;
            state.globstar = true;
            consume(value + advance());
            push({ type: "slash", value: "/", output: "" });
            continue;
          }
          if (prior.type === "bos" && rest[0] === "/") {
            prev.type = "globstar";
            prev.value += value;
            prev.output = `(?:^|${SLASH_LITERAL}|${globstar(opts)}${SLASH_LITERAL})`;
            state.output = prev.output;
            state.globstar = true;
            consume(value + advance());
            push({ type: "slash", value: "/", output: "" });
            continue;
          }
          state.output = state.output.slice(0, -prev.output.length);
          prev.type = "globstar";
          prev.output = globstar(opts);
          prev.value += value;
          state.output += prev.output;
          state.globstar = true;
          consume(value);
          continue;
        }
        const token = { type: "star", value, output: star };
        if (opts.bash === true) {
          token.output = ".*?";
          if (prev.type === "bos" || prev.type === "slash") {
            token.output = nodot + token.output;
          }
          push(token);
          continue;
        }
        if (prev && (prev.type === "bracket" || prev.type === "paren") && opts.regex === true) {
          token.output = value;
          push(token);
          continue;
        }
        if (state.index === state.start || prev.type === "slash" || prev.type === "dot") {
          if (prev.type === "dot") {
            state.output += NO_DOT_SLASH;
            prev.output += NO_DOT_SLASH;
          } else if (opts.dot === true) {
            state.output += NO_DOTS_SLASH;
            prev.output += NO_DOTS_SLASH;
          } else {
            state.output += nodot;
            prev.output += nodot;
          }
          if (peek() !== "*") {
            state.output += ONE_CHAR;
            prev.output += ONE_CHAR;
          }
        }
        push(token);
      }
      while (state.brackets > 0) {
        if (opts.strictBrackets === true) throw new SyntaxError(syntaxError("closing", "]"));
        state.output = utils.escapeLast(state.output, "[");
        decrement("brackets");
      }
      while (state.parens > 0) {
        if (opts.strictBrackets === true) throw new SyntaxError(syntaxError("closing", ")"));
        state.output = utils.escapeLast(state.output, "(");
        decrement("parens");
      }
      while (state.braces > 0) {
        if (opts.strictBrackets === true) throw new SyntaxError(syntaxError("closing", "}"));
        state.output = utils.escapeLast(state.output, "{");
        decrement("braces");
      }
      if (opts.strictSlashes !== true && (prev.type === "star" || prev.type === "bracket")) {
        push({ type: "maybe_slash", value: "", output: `${SLASH_LITERAL}?` });
      }
      if (state.backtrack === true) {
        state.output = "";
        for (const token of state.tokens) {
          state.output += token.output != null ? token.output : token.value;
          if (token.suffix) {
            state.output += token.suffix;
          }
        }
      }
      return state;
    };
    parse5.fastpaths = (input, options) => {
      const opts = { ...options };
      const max = typeof opts.maxLength === "number" ? Math.min(MAX_LENGTH, opts.maxLength) : MAX_LENGTH;
      const len = input.length;
      if (len > max) {
        throw new SyntaxError(`Input length: ${len}, exceeds maximum allowed length: ${max}`);
      }
      input = REPLACEMENTS[input] || input;
      const {
        DOT_LITERAL,
        SLASH_LITERAL,
        ONE_CHAR,
        DOTS_SLASH,
        NO_DOT,
        NO_DOTS,
        NO_DOTS_SLASH,
        STAR,
        START_ANCHOR
      } = constants7.globChars(opts.windows);
      const nodot = opts.dot ? NO_DOTS : NO_DOT;
      const slashDot = opts.dot ? NO_DOTS_SLASH : NO_DOT;
      const capture2 = opts.capture ? "" : "?:";
      const state = { negated: false, prefix: "" };
      let star = opts.bash === true ? ".*?" : STAR;
      if (opts.capture) {
        star = `(${star})`;
      }
      const globstar = (opts2) => {
        if (opts2.noglobstar === true) return star;
        return `(${capture2}(?:(?!${START_ANCHOR}${opts2.dot ? DOTS_SLASH : DOT_LITERAL}).)*?)`;
      };
      const create2 = (str) => {
        switch (str) {
          case "*":
            return `${nodot}${ONE_CHAR}${star}`;
          case ".*":
            return `${DOT_LITERAL}${ONE_CHAR}${star}`;
          case "*.*":
            return `${nodot}${star}${DOT_LITERAL}${ONE_CHAR}${star}`;
          case "*/*":
            return `${nodot}${star}${SLASH_LITERAL}${ONE_CHAR}${slashDot}${star}`;
          case "**":
            return nodot + globstar(opts);
          case "**/*":
            return `(?:${nodot}${globstar(opts)}${SLASH_LITERAL})?${slashDot}${ONE_CHAR}${star}`;
          case "**/*.*":
            return `(?:${nodot}${globstar(opts)}${SLASH_LITERAL})?${slashDot}${star}${DOT_LITERAL}${ONE_CHAR}${star}`;
          case "**/.*":
            return `(?:${nodot}${globstar(opts)}${SLASH_LITERAL})?${DOT_LITERAL}${ONE_CHAR}${star}`;
          default: {
            const match = /^(.*?)\.(\w+)$/.exec(str);
            if (!match) return;
            const source2 = create2(match[1]);
            if (!source2) return;
            return source2 + DOT_LITERAL + match[2];
          }
        }
      };
      const output = utils.removePrefix(input, state);
      let source = create2(output);
      if (source && opts.strictSlashes !== true) {
        source += `${SLASH_LITERAL}?`;
      }
      return source;
    };
    module2.exports = parse5;
  }
});

// node_modules/picomatch/lib/picomatch.js
var require_picomatch = __commonJS({
  "node_modules/picomatch/lib/picomatch.js"(exports2, module2) {
    "use strict";
    var scan = require_scan();
    var parse5 = require_parse();
    var utils = require_utils();
    var constants7 = require_constants();
    var isObject3 = (val) => val && typeof val === "object" && !Array.isArray(val);
    var picomatch2 = (glob, options, returnState = false) => {
      if (Array.isArray(glob)) {
        const fns = glob.map((input) => picomatch2(input, options, returnState));
        const arrayMatcher = (str) => {
          for (const isMatch of fns) {
            const state2 = isMatch(str);
            if (state2) return state2;
          }
          return false;
        };
        return arrayMatcher;
      }
      const isState = isObject3(glob) && glob.tokens && glob.input;
      if (glob === "" || typeof glob !== "string" && !isState) {
        throw new TypeError("Expected pattern to be a non-empty string");
      }
      const opts = options || {};
      const posix16 = opts.windows;
      const regex = isState ? picomatch2.compileRe(glob, options) : picomatch2.makeRe(glob, options, false, true);
      const state = regex.state;
      delete regex.state;
      let isIgnored = () => false;
      if (opts.ignore) {
        const ignoreOpts = { ...options, ignore: null, onMatch: null, onResult: null };
        isIgnored = picomatch2(opts.ignore, ignoreOpts, returnState);
      }
      const matcher = (input, returnObject = false) => {
        const { isMatch, match, output } = picomatch2.test(input, regex, options, { glob, posix: posix16 });
        const result = { glob, state, regex, posix: posix16, input, output, match, isMatch };
        if (typeof opts.onResult === "function") {
          opts.onResult(result);
        }
        if (isMatch === false) {
          result.isMatch = false;
          return returnObject ? result : false;
        }
        if (isIgnored(input)) {
          if (typeof opts.onIgnore === "function") {
            opts.onIgnore(result);
          }
          result.isMatch = false;
          return returnObject ? result : false;
        }
        if (typeof opts.onMatch === "function") {
          opts.onMatch(result);
        }
        return returnObject ? result : true;
      };
      if (returnState) {
        matcher.state = state;
      }
      return matcher;
    };
    picomatch2.test = (input, regex, options, { glob, posix: posix16 } = {}) => {
      if (typeof input !== "string") {
        throw new TypeError("Expected input to be a string");
      }
      if (input === "") {
        return { isMatch: false, output: "" };
      }
      const opts = options || {};
      const format = opts.format || (posix16 ? utils.toPosixSlashes : null);
      let match = input === glob;
      let output = match && format ? format(input) : input;
      if (match === false) {
        output = format ? format(input) : input;
        match = output === glob;
      }
      if (match === false || opts.capture === true) {
        if (opts.matchBase === true || opts.basename === true) {
          match = picomatch2.matchBase(input, regex, options, posix16);
        } else {
          match = regex.exec(output);
        }
      }
      return { isMatch: Boolean(match), match, output };
    };
    picomatch2.matchBase = (input, glob, options, posix16 = options && options.windows) => {
      const regex = glob instanceof RegExp ? glob : picomatch2.makeRe(glob, options);
      return regex.test(utils.basename(input, { windows: posix16 }));
    };
    picomatch2.isMatch = (str, patterns, options) => picomatch2(patterns, options)(str);
    picomatch2.parse = (pattern, options) => {
      if (Array.isArray(pattern)) return pattern.map((p) => picomatch2.parse(p, options));
      return parse5(pattern, { ...options, fastpaths: false });
    };
    picomatch2.scan = (input, options) => scan(input, options);
    picomatch2.compileRe = (state, options, returnOutput = false, returnState = false) => {
      if (returnOutput === true) {
        return state.output;
      }
      const opts = options || {};
      const prepend = opts.contains ? "" : "^";
      const append = opts.contains ? "" : "$";
      let source = `${prepend}(?:${state.output})${append}`;
      if (state && state.negated === true) {
        source = `^(?!${source}).*$`;
      }
      const regex = picomatch2.toRegex(source, options);
      if (returnState === true) {
        regex.state = state;
      }
      return regex;
    };
    picomatch2.makeRe = (input, options = {}, returnOutput = false, returnState = false) => {
      if (!input || typeof input !== "string") {
        throw new TypeError("Expected a non-empty string");
      }
      let parsed = { negated: false, fastpaths: true };
      if (options.fastpaths !== false && (input[0] === "." || input[0] === "*")) {
        parsed.output = parse5.fastpaths(input, options);
      }
      if (!parsed.output) {
        parsed = parse5(input, options);
      }
      return picomatch2.compileRe(parsed, options, returnOutput, returnState);
    };
    picomatch2.toRegex = (source, options) => {
      try {
        const opts = options || {};
        return new RegExp(source, opts.flags || (opts.nocase ? "i" : ""));
      } catch (err) {
        if (options && options.debug === true) throw err;
        return /$^/;
      }
    };
    picomatch2.constants = constants7;
    module2.exports = picomatch2;
  }
});

// node_modules/picomatch/index.js
var require_picomatch2 = __commonJS({
  "node_modules/picomatch/index.js"(exports2, module2) {
    "use strict";
    var pico = require_picomatch();
    var utils = require_utils();
    function picomatch2(glob, options, returnState = false) {
      if (options && (options.windows === null || options.windows === void 0)) {
        options = { ...options, windows: utils.isWindows() };
      }
      return pico(glob, options, returnState);
    }
    Object.assign(picomatch2, pico);
    module2.exports = picomatch2;
  }
});

// src/lib/globs.ts
function globs(patterns) {
  if (patterns.length === 0) return () => false;
  const sources = patterns.map((pattern) => {
    const whole = pattern.endsWith("/") ? `${pattern}**/*` : pattern;
    const anywhere = whole.includes("/") ? whole.replace(/^\.?\//, "") : `**/${whole}`;
    return import_picomatch.default.makeRe(anywhere, { dot: true, nocase: true }).source;
  });
  const any = new RegExp(sources.map((source) => `(?:${source})`).join("|"), "i");
  return (path4) => any.test(/[\n\r\u2028\u2029]/.test(path4) ? path4.replace(/[\n\r\u2028\u2029]/g, "_") : path4);
}
var import_picomatch, branchGlobs;
var init_globs = __esm({
  "src/lib/globs.ts"() {
    "use strict";
    import_picomatch = __toESM(require_picomatch2(), 1);
    branchGlobs = (patterns) => (0, import_picomatch.default)([...patterns], { dot: true });
  }
});

// src/sync/header-rules.ts
function parseRule(line) {
  const [, glob, name, value] = /^(\S+)\s+([A-Za-z-]+)\s*:\s*(.*)$/.exec(line) ?? [];
  if (glob === void 0 || name === void 0 || value === void 0)
    return 'is not "glob  Header: value", for example "*.html  Cache-Control: no-cache"';
  const header = Object.entries(settable).find(([known2]) => known2 === name.toLowerCase())?.[1];
  if (!header) return `sets "${name}"; there are Cache-Control and Content-Type, -Disposition, -Encoding, -Language`;
  if (!/^[\t\x20-\x7e]*$/.test(value)) return `has signs in ${name} that no header can hold`;
  if (header === "contentType" && value === "") return "leaves Content-Type empty, and every object has one";
  return { glob, header, value };
}
function compileRules(rules2) {
  if (rules2.length === 0) return () => none;
  const compiled = rules2.map(({ glob, header, value }) => ({ matches: globs([glob]), header, value }));
  return (path4) => {
    const plain = withoutHash(path4);
    const found = /* @__PURE__ */ new Map();
    for (const { matches, header, value } of compiled) {
      if (!found.has(header) && (matches(path4) || plain !== path4 && matches(plain))) found.set(header, value);
    }
    return Object.fromEntries(found);
  };
}
var settable, none;
var init_header_rules = __esm({
  "src/sync/header-rules.ts"() {
    "use strict";
    init_hashed_names();
    init_globs();
    settable = {
      "cache-control": "cacheControl",
      "content-type": "contentType",
      "content-disposition": "contentDisposition",
      "content-encoding": "contentEncoding",
      "content-language": "contentLanguage"
    };
    none = {};
  }
});

// src/inputs/input-reader.ts
var prefixPlaceholders, Reader;
var init_input_reader = __esm({
  "src/inputs/input-reader.ts"() {
    "use strict";
    init_parse();
    init_secret();
    init_shard();
    init_vendors();
    init_header_rules();
    prefixPlaceholders = ["environment", "pr", "sha", "branch"];
    Reader = class {
      mistakes = [];
      #source;
      constructor(source) {
        this.#source = source;
      }
      add(input, message) {
        this.mistakes.push({ input, message });
      }
      text(name) {
        return this.#source.input(name).trim() || void 0;
      }
      secret(name) {
        const value = this.text(name);
        return value === void 0 ? void 0 : new Secret(value);
      }
      choice(name, choices, standard2) {
        return this.optionalChoice(name, choices) ?? standard2;
      }
      optionalChoice(name, choices) {
        const value = this.text(name);
        const choice = choices.find((one) => one === value);
        if (value !== void 0 && choice === void 0) this.add(name, `"${value}" is none of ${choices.join(", ")}`);
        return choice;
      }
      boolean(name, standard2) {
        const value = this.text(name);
        if (value === void 0) return standard2;
        const parsed = parseBoolean(value);
        if (parsed === void 0) this.add(name, `"${value}" is neither true nor false`);
        return parsed ?? standard2;
      }
      /** `true`, `false`, or the release to go back to. */
      rollback(name) {
        const value = this.text(name) ?? "false";
        const parsed = parseBoolean(value);
        return { rollback: parsed ?? false, rollbackTo: parsed === void 0 ? value : void 0 };
      }
      duration(name, standard2) {
        const value = this.text(name) ?? standard2;
        const parsed = parseDuration(value);
        if (parsed === void 0) this.add(name, `"${value}" is no duration; write it like 90s, 20m, 1h30m or 30d`);
        return parsed ?? 0;
      }
      /** A path inside the workspace: relative, and without a way out. */
      path(name) {
        const value = this.text(name);
        if (value?.split(/[\\/]/).includes("..")) {
          this.add(name, `"${value}" leads out of the repository; write a path below it`);
        }
        return value;
      }
      url(name, value = this.text(name)) {
        if (value === void 0) return void 0;
        const text2 = /^[a-z][a-z0-9+.-]*:\/\//i.test(value) ? value : `https://${value}`;
        const url = URL.canParse(text2) ? new URL(text2) : void 0;
        if (!url || !/^https?:$/.test(url.protocol) || !url.hostname) {
          this.add(name, `"${value}" is no URL; write it like https://www.example.com`);
        } else if (url.username || url.password) {
          this.add(name, "holds a user name or password; leave them out, because a URL is shown in logs");
        } else if (url.search || url.hash) {
          this.add(name, "has a query or fragment; write the address alone");
        }
        return url ? url.href.replace(/\/+$/, "") : text2;
      }
      /** An address, with the vendor's name before it where that has to be said. */
      endpoint(name) {
        const [, vendor, address2] = /^([a-z0-9]+)\+(https?:\/\/.*)$/.exec(this.text(name) ?? "") ?? [];
        if (vendor !== void 0 && !vendorNames.includes(vendor)) {
          this.add(name, `"${vendor}" is none of the vendors ${vendorNames.join(", ")}`);
        }
        return { endpoint: this.url(name, address2 ?? this.text(name)), vendor };
      }
      /** A duration after which something is done; undefined where it is `off`. */
      age(name, standard2) {
        return this.text(name) === "off" ? void 0 : this.duration(name, standard2);
      }
      lines(name) {
        return parseLines(this.text(name) ?? "");
      }
      rules(name) {
        return this.lines(name).flatMap((line) => {
          const rule = parseRule(line);
          if (typeof rule !== "string") return rule;
          this.add(name, `"${line}" ${rule}`);
          return [];
        });
      }
      shard(name) {
        const value = this.text(name);
        const shard = value === void 0 ? void 0 : parseShard(value);
        if (value !== void 0 && !shard) this.add(name, `"${value}" is no part; write it like 1/4, from 1/n to n/n`);
        return shard;
      }
      count(name) {
        const value = this.text(name);
        if (value === void 0 || value === "auto") return void 0;
        if (!/^[1-9]\d{0,3}$/.test(value)) this.add(name, `"${value}" is neither auto nor a number from 1 to 9999`);
        return Number(value);
      }
      env(name) {
        const variables5 = {};
        for (const { name: variable, value, line } of parseNamedLines(this.text(name) ?? "", "=")) {
          if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(variable)) this.add(name, `line ${line} is not NAME=value`);
          else variables5[variable] = new Secret(value);
        }
        return variables5;
      }
      /** `empty`: what has no value, as a secret has none in a run that gets no secrets. */
      options(name) {
        const options = {};
        const empty = [];
        for (const { name: key, value, line } of parseNamedLines(this.text(name) ?? "", ":")) {
          if (!/^[a-z][a-z0-9-]*$/.test(key)) this.add(name, `line ${line} is not "name: value"`);
          else if (value === "") empty.push({ input: name, message: `line ${line}: "${key}" has no value` });
          else options[key] = [...options[key] ?? [], value];
        }
        return { options, empty };
      }
      prefix(name) {
        const value = this.text(name);
        if (value === void 0) return void 0;
        for (const [whole, inner = ""] of value.matchAll(/\{([^{}]*)\}/g)) {
          if (!prefixPlaceholders.some((known2) => known2 === inner)) {
            this.add(name, `${whole} stands for nothing; there are {${prefixPlaceholders.join("}, {")}}`);
          }
        }
        return value;
      }
    };
  }
});

// src/inputs/inputs.ts
function secretsOf(inputs, hosts2) {
  const { accessKeyId, secretAccessKey, hostInputs, env, githubToken } = inputs;
  const direct = [accessKeyId, secretAccessKey, hostInputs.token, hostInputs.deployHook, githubToken];
  const variables5 = Object.entries(env).filter(([name]) => !plainVariables.has(name));
  const values = [...direct, ...variables5.map(([, value]) => value)].flatMap((secret) => secret?.reveal() ?? []);
  return [...values, ...hosts2[inputs.host]?.secrets?.(hostInputs) ?? []].filter((value) => value !== "");
}
function resolveHost(given, inputs, hosts2) {
  if (given !== "auto") return given;
  return Object.entries(hosts2).find(([, definition]) => definition.matches(inputs))?.[0] ?? "auto";
}
function checkCredentials(read2, inputs) {
  const { accessKeyId, secretAccessKey } = inputs;
  if (accessKeyId && !secretAccessKey)
    read2.add("secret-access-key", "is empty, and access-key-id is not; give both or none");
  if (secretAccessKey && !accessKeyId)
    read2.add("access-key-id", "is empty, and secret-access-key is not; give both or none");
}
function checkSync(read2, { command, shard, bucket, staticDir, mediaDir }) {
  if (shard && command !== "sync") read2.add("shard", 'is set, and only "command: sync" can be spread over jobs');
  if (command !== "sync") return;
  if (!bucket) read2.add("bucket", 'is empty, and "command: sync" asks no project for one; name the bucket');
  if (!staticDir && !mediaDir)
    read2.add("static-dir", "is empty, and so is media-dir; name the folder that is to be synced");
  if (mediaDir === "auto")
    read2.add("media-dir", '"auto" is MEDIA_ROOT, and "command: sync" asks no project for it; write the folder');
}
function checkRollback(read2, { command, rollbackTo }) {
  if (rollbackTo !== void 0 && command !== "rollback")
    read2.add("rollback", `"${rollbackTo}" is neither true nor false; a release is named with "command: rollback"`);
}
function checkArtifact(read2, { artifact, command, install: install2 }) {
  if (artifact === void 0) return;
  if (command === "build" || command === "sync")
    read2.add("artifact", `is what "command: build" made, and "command: ${command}" takes none`);
  for (const name of buildInputs) {
    if (read2.text(name) !== void 0 && !(name === "install" && install2 === "auto"))
      read2.add(name, 'is set beside artifact, which is built already; move it to the step with "command: build"');
  }
}
function parseInputs(source, hosts2, intentOf2) {
  const read2 = new Reader(source);
  const { options, empty } = read2.options("host-options");
  const hostInputs = {
    service: read2.text("service"),
    token: read2.secret("host-token"),
    deployHook: read2.secret("deploy-hook"),
    options
  };
  const names2 = ["auto", ...Object.keys(hosts2), "none"];
  const host = resolveHost(read2.choice("host", names2, "auto"), hostInputs, hosts2);
  const inputs = {
    command: read2.choice("command", commands, "auto"),
    dryRun: read2.boolean("dry-run", false),
    workingDirectory: read2.path("working-directory") ?? ".",
    settingsModule: read2.text("settings-module"),
    install: read2.text("install") ?? "auto",
    buildCommand: read2.text("build-command"),
    postBuildCommand: read2.text("post-build-command"),
    env: read2.env("env"),
    checks: read2.choice("checks", checkLevels, "error"),
    artifact: read2.path("artifact"),
    artifactFormat: read2.choice("artifact-format", artifactFormats, "tar.gz"),
    bucket: read2.text("bucket"),
    ...read2.endpoint("endpoint"),
    region: read2.text("region") ?? source.env.AWS_REGION ?? source.env.AWS_DEFAULT_REGION,
    accessKeyId: read2.secret("access-key-id"),
    secretAccessKey: read2.secret("secret-access-key"),
    staticDir: read2.path("static-dir"),
    mediaDir: read2.path("media-dir"),
    staticPrefix: read2.prefix("static-prefix"),
    mediaPrefix: read2.prefix("media-prefix"),
    acl: read2.optionalChoice("acl", cannedAcls),
    mediaAcl: read2.optionalChoice("media-acl", cannedAcls),
    headers: read2.rules("headers"),
    compress: read2.choice("compress", compressions, "off"),
    allowFiles: read2.lines("allow-files"),
    prune: read2.age("prune", "30d"),
    concurrency: read2.count("concurrency"),
    shard: read2.shard("shard"),
    host,
    hostInputs,
    url: read2.url("url"),
    healthPath: read2.text("health-path") ?? "/",
    timeout: read2.duration("timeout", "20m"),
    migrate: read2.choice("migrate", migrateModes, "check"),
    ...read2.rollback("rollback"),
    productionBranches: read2.lines("production-branch"),
    environment: read2.text("environment"),
    comment: read2.boolean("comment", true),
    githubToken: read2.secret("github-token")
  };
  const intent = intentOf2(inputs);
  if (intent) checkCredentials(read2, inputs);
  if (intent) read2.mistakes.push(...empty);
  checkRollback(read2, inputs);
  checkSync(read2, inputs);
  checkArtifact(read2, inputs);
  if (!inputs.healthPath.startsWith("/")) read2.add("health-path", `"${inputs.healthPath}" does not start with /`);
  const definition = hosts2[host];
  if (intent === "deploy" && host === "auto" && inputs.command !== "sync") read2.add("host", nobodyToAsk);
  if (definition && intent) {
    read2.mistakes.push(
      ...checkOptions(hostInputs, definition.title, definition.options),
      ...definition.check(hostInputs, intent)
    );
  }
  return { inputs, mistakes: read2.mistakes };
}
function invalidInputs(mistakes) {
  const lines = mistakes.map(({ input, message }) => `  ${input}: ${message}`);
  return new DeployError(
    "INVALID_INPUTS",
    `${plural(mistakes.length, "mistake")} in the inputs of this step:
${lines.join("\n")}`,
    {
      hint: 'Fix these under "with:" of the step.'
    }
  );
}
var commands, checkLevels, compressions, migrateModes, plainVariables, nobodyToAsk, buildInputs;
var init_inputs = __esm({
  "src/inputs/inputs.ts"() {
    "use strict";
    init_errors();
    init_options();
    init_text();
    init_acl();
    init_artifact_format();
    init_input_reader();
    commands = ["auto", "build", "sync", "deploy", "preview", "teardown", "rollback", "check"];
    checkLevels = ["error", "warning", "off"];
    compressions = ["off", "gzip"];
    migrateModes = ["check", "off"];
    plainVariables = /* @__PURE__ */ new Set(["DJANGO_SETTINGS_MODULE", "PYTHONPATH", "DEBUG", "NODE_ENV", "LANG", "TZ"]);
    nobodyToAsk = 'is empty, and so are service, host-token and deploy-hook, so there is nobody to ask to deploy. A secret that does not exist is empty: check its name, whether the job has the "environment:" that holds it, and, in a called workflow, "secrets: inherit". To put only the files in place, write "host: none"';
    buildInputs = [
      "install",
      "build-command",
      "post-build-command",
      "env",
      "settings-module",
      "static-dir",
      "media-dir"
    ];
  }
});

// src/store/addresses.ts
function ownHosts({ name, endpoint, region }) {
  if (endpoint === void 0) {
    const hosts2 = ["s3.amazonaws.com", `s3.${region ?? "us-east-1"}.amazonaws.com`];
    return new Set(hosts2.flatMap((host2) => [host2, `${name}.${host2}`]));
  }
  const { host } = new URL(endpoint);
  const cdn = host.replace(/\.digitaloceanspaces\.com$/, ".cdn.digitaloceanspaces.com");
  return /* @__PURE__ */ new Set([host, `${name}.${host}`, `${name}.${cdn}`]);
}
function originsOf(target) {
  const { bucket, urls } = target;
  const found = urls.flatMap((url) => url && URL.canParse(url) ? [new URL(url).origin] : []);
  if (bucket?.endpoint) {
    const { protocol, host, origin } = new URL(bucket.endpoint);
    found.push(origin, `${protocol}//${bucket.name}.${host}`);
  } else if (bucket) {
    found.push(
      `https://${bucket.name}.s3.amazonaws.com`,
      `https://${bucket.name}.s3.${bucket.region ?? "us-east-1"}.amazonaws.com`
    );
  }
  return new Set(found);
}
function normalPrefix(prefix2) {
  const parts = prefix2.split("/").filter(Boolean);
  return parts.length === 0 ? "" : `${parts.join("/")}/`;
}
function prefixOfUrl(url, bucket, endpoint) {
  const { hostname, pathname } = new URL(url, "https://none.invalid/");
  const path4 = decodePath(pathname);
  const own = endpoint === void 0 ? /^s3[.-].*\.amazonaws\.com$|^s3\.amazonaws\.com$/.test(hostname) : hostname === new URL(endpoint).hostname;
  const pathStyle = isAbsolute(url) && own && `${path4}/`.startsWith(`/${bucket}/`);
  return normalPrefix(pathStyle ? path4.slice(bucket.length + 1) : path4);
}
function decodePath(path4) {
  try {
    return decodeURIComponent(path4);
  } catch {
    return path4;
  }
}
var isAbsolute;
var init_addresses = __esm({
  "src/store/addresses.ts"() {
    "use strict";
    isAbsolute = (url) => /^(https?:)?\/\//.test(url);
  }
});

// src/plan/destination.ts
function fillPrefix(template, environment, context) {
  if (template.includes("{pr}") && !context.pullRequest) {
    throw new DeployError(
      "INVALID_INPUTS",
      `The prefix "${template}" has {pr} in it, and this run is of no pull request.`,
      {
        hint: "Use {environment}, which is preview/pr-N in pull requests and production or a branch elsewhere."
      }
    );
  }
  return fillTemplate(template, {
    environment: slug(environment, sha256),
    branch: slug(context.branch ?? context.tag ?? "", sha256),
    pr: String(context.pullRequest?.number ?? ""),
    sha: context.sha
  }).text;
}
function prefixFor(given, storage, url, standard2, bucket) {
  if (given !== void 0) return normalPrefix(given);
  if (storage?.remote?.location !== void 0) return normalPrefix(storage.remote.location);
  if (url && (isAbsolute(url) || url.replaceAll("/", "") !== "")) return prefixOfUrl(url, bucket.name, bucket.endpoint);
  return standard2;
}
function bucketOf(inputs, project) {
  const inSettings = project.static_storage?.remote ?? (inputs.mediaDir ? project.media_storage?.remote : void 0);
  const name = inputs.bucket ?? inSettings?.bucket;
  if (name === void 0) return void 0;
  const endpoint = inputs.endpoint ?? inSettings?.endpoint;
  return { name, endpoint, region: inputs.region ?? inSettings?.region };
}
function address(setting, site) {
  if (!setting) return void 0;
  if (setting.startsWith("//")) return `https:${setting}`;
  if (isAbsolute(setting)) return setting;
  return site && URL.canParse(setting, `${site}/`) ? new URL(setting, `${site}/`).href : void 0;
}
function planDestination(inputs, context, environment, project, collected) {
  const bucket = bucketOf(inputs, project);
  const fill3 = (template) => template && fillPrefix(template, environment, context);
  const staticUrl = address(project.static_url, inputs.url);
  const mediaUrl = address(project.media_url, inputs.url);
  const origins = originsOf({ bucket, urls: [staticUrl, mediaUrl, inputs.url] });
  const served = { bucket: void 0, static: void 0, media: void 0, staticUrl, mediaUrl, origins };
  if (!bucket) {
    if (inputs.staticDir ?? inputs.mediaDir) throw noBucket(inputs);
    return served;
  }
  const staticFolder = inputs.staticDir ?? collected;
  const mediaFolder2 = inputs.mediaDir === "auto" ? mediaRoot(project) : inputs.mediaDir;
  const staticTarget = staticFolder && {
    folder: staticFolder,
    prefix: prefixFor(fill3(inputs.staticPrefix), project.static_storage, project.static_url, "static/", bucket)
  };
  const mediaTarget = mediaFolder2 && {
    folder: mediaFolder2,
    prefix: prefixFor(fill3(inputs.mediaPrefix), project.media_storage, project.media_url, "media/", bucket)
  };
  if (staticTarget && mediaTarget) refuseOverlap(staticTarget.prefix, mediaTarget.prefix);
  return { bucket, static: staticTarget || void 0, media: mediaTarget || void 0, staticUrl, mediaUrl, origins };
}
function mediaRoot(project) {
  if (project.media_root) return project.media_root;
  throw new DeployError("INVALID_INPUTS", "media-dir is auto, and the settings have no MEDIA_ROOT.", {
    hint: "Write the folder into media-dir, or set MEDIA_ROOT."
  });
}
function noBucket(inputs) {
  const input = inputs.staticDir ? "static-dir" : "media-dir";
  return new DeployError("INVALID_INPUTS", `${input} is set, and there is no bucket to put it into.`, {
    hint: "Set bucket and, where it is not AWS, endpoint."
  });
}
function refuseOverlap(one, other) {
  if (!one.startsWith(other) && !other.startsWith(one)) return;
  throw new DeployError(
    "INVALID_INPUTS",
    `Static files ("${one}") and media ("${other}") would go into one another's prefix.`,
    {
      hint: "Set static-prefix and media-prefix so that neither holds the other, for example static/ and media/."
    }
  );
}
var import_node_crypto11, import_node_path5, noProject, sha256, bucketIn, folderOf;
var init_destination = __esm({
  "src/plan/destination.ts"() {
    "use strict";
    import_node_crypto11 = require("node:crypto");
    import_node_path5 = require("node:path");
    init_errors();
    init_text();
    init_addresses();
    noProject = {
      static_url: null,
      media_url: null,
      media_root: null,
      static_storage: null,
      media_storage: null
    };
    sha256 = (text2) => (0, import_node_crypto11.createHash)("sha256").update(text2).digest("hex");
    bucketIn = ({ bucket, endpoint, region }) => bucket === void 0 ? void 0 : { name: bucket, endpoint, region };
    folderOf = (target, root) => import_node_path5.posix.isAbsolute(target.folder) || /^[A-Za-z]:/.test(target.folder) ? target.folder : `${root}/${target.folder}`;
  }
});

// src/lib/own-folder.ts
function isListable(folder) {
  try {
    (0, import_node_fs5.accessSync)(folder, import_node_fs5.constants.R_OK | import_node_fs5.constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
var import_node_fs5, import_node_path6, skippedFolders, isOwnFolder;
var init_own_folder = __esm({
  "src/lib/own-folder.ts"() {
    "use strict";
    import_node_fs5 = require("node:fs");
    import_node_path6 = require("node:path");
    skippedFolders = /* @__PURE__ */ new Set([".git", "node_modules", "__pycache__", "site-packages", ".pixi"]);
    isOwnFolder = (folder, name) => !skippedFolders.has(name) && isListable(folder) && !(0, import_node_fs5.existsSync)((0, import_node_path6.join)(folder, "pyvenv.cfg"));
  }
});

// src/lib/walk.ts
async function* walk(root, enter = () => true, below2 = "") {
  const entries2 = await (0, import_promises5.readdir)((0, import_node_path7.join)(root, below2), { withFileTypes: true });
  entries2.sort((a, b) => a.name < b.name ? -1 : 1);
  for (const entry of entries2) {
    const path4 = below2 === "" ? entry.name : `${below2}/${entry.name}`;
    if (entry.isDirectory()) {
      if (enter(path4, entry.name)) yield* walk(root, enter, path4);
      continue;
    }
    const kind = entry.isFile() ? "file" : entry.isSymbolicLink() ? "link" : "other";
    yield { path: path4, kind };
  }
}
var import_promises5, import_node_path7;
var init_walk = __esm({
  "src/lib/walk.ts"() {
    "use strict";
    import_promises5 = require("node:fs/promises");
    import_node_path7 = require("node:path");
  }
});

// src/assets/bundlers.ts
function splitBundled(path4) {
  for (const pattern of [hexHash, base64Hash, wholeHash]) {
    const [, stem = "", hash12, ending3 = ""] = pattern.exec(path4) ?? [];
    if (hash12 !== void 0 && isRandom(hash12)) return { source: stem + ending3, hash: hash12 };
  }
  return void 0;
}
function stringsIn(value) {
  const found = [];
  const open6 = [value];
  while (open6.length > 0) {
    const next = open6.pop();
    if (typeof next === "string") found.push(next);
    else if (isObject(next)) for (const inner of Object.values(next)) open6.push(inner);
  }
  return found;
}
function viteNames(chunks) {
  const stem = (path4) => fileName(path4).replace(/\.[^.]*$/, "");
  const sources = /* @__PURE__ */ new Set();
  for (const [key, { name, src }] of chunks) {
    if (!key.startsWith("_")) sources.add(stem(key));
    if (typeof src === "string") sources.add(stem(src));
    sources.add(name);
  }
  const named = chunks.flatMap(([, { file, css, assets }]) => stringsIn([file, css, assets]));
  return named.filter((path4) => !sources.has(stem(path4)));
}
function trackedNames(assets, chunks) {
  const copied = Object.values(assets).flatMap((asset) => {
    const source = isObject(asset) ? asset.sourceFilename : void 0;
    return typeof source === "string" ? [fileName(source)] : [];
  });
  return [...Object.keys(assets), ...stringsIn(chunks)].filter((path4) => !copied.includes(fileName(path4)));
}
function pathsIn(value) {
  if (!isObject(value)) return [];
  const entries2 = Object.entries(value);
  const chunks = entries2.filter((entry) => isObject(entry[1]));
  if (chunks.length === entries2.length && chunks.every(([, { file }]) => typeof file === "string"))
    return viteNames(chunks);
  if (isObject(value.assets) && value.chunks !== void 0) return trackedNames(value.assets, value.chunks);
  return stringsIn(value).flatMap((text2) => text2.split(/[\s"'<>(),;=&?#]+/));
}
function bundledNames(text2) {
  let value;
  try {
    value = JSON.parse(text2);
  } catch {
    return /* @__PURE__ */ new Set();
  }
  const names2 = pathsIn(value).map(fileName);
  return new Set(names2.filter((name) => splitBundled(name) !== void 0));
}
var bundlerManifests, endings, base64Hash, hexHash, wholeHash, isRandom, fileName, isObject;
var init_bundlers = __esm({
  "src/assets/bundlers.ts"() {
    "use strict";
    bundlerManifests = /* @__PURE__ */ new Set([
      "manifest.json",
      "webpack-stats.json",
      "asset-manifest.json",
      "assets-manifest.json"
    ]);
    endings = "((?:\\.[A-Za-z][A-Za-z0-9]*)+)$";
    base64Hash = new RegExp(`^(.*[^/])[-.]([A-Za-z0-9_-]{8})${endings}`);
    hexHash = new RegExp(`^(.*[^/])[-._]([0-9a-f]{8,64})${endings}`);
    wholeHash = new RegExp(`^(.*/|)([0-9a-f]{16,64})${endings}`);
    isRandom = (hash12) => /[^a-z_-]/.test(hash12) && /[^0-9]/.test(hash12);
    fileName = (path4) => path4.slice(path4.lastIndexOf("/") + 1);
    isObject = (value) => typeof value === "object" && value !== null;
  }
});

// src/assets/bundled-files.ts
async function findBundled(project, collected) {
  const found = /* @__PURE__ */ new Set();
  const there = collected === void 0 ? void 0 : await (0, import_promises6.stat)(collected).catch(() => void 0);
  if (collected === void 0 || !there?.isDirectory()) return found;
  const names2 = /* @__PURE__ */ new Set();
  for (const root of /* @__PURE__ */ new Set([project ?? collected, collected])) {
    const enter = (folder, name) => (0, import_node_path8.join)(root, folder) !== collected && isOwnFolder((0, import_node_path8.join)(root, folder), name);
    for await (const { path: path4, kind } of walk(root, enter)) {
      if (kind !== "file" || !bundlerManifests.has(fileName2(path4))) continue;
      const text2 = await (0, import_promises6.readFile)((0, import_node_path8.join)(root, path4), "utf8").catch(() => "");
      for (const name of bundledNames(text2)) names2.add(name);
    }
  }
  if (names2.size === 0) return found;
  for await (const { path: path4 } of walk(collected)) if (names2.has(fileName2(path4))) found.add(path4);
  return found;
}
var import_promises6, import_node_path8, fileName2;
var init_bundled_files = __esm({
  "src/assets/bundled-files.ts"() {
    "use strict";
    import_promises6 = require("node:fs/promises");
    import_node_path8 = require("node:path");
    init_own_folder();
    init_walk();
    init_bundlers();
    fileName2 = (path4) => path4.slice(path4.lastIndexOf("/") + 1);
  }
});

// src/project/artifact/artifact-size.ts
function tooLarge(bytes) {
  const refusing = limits.filter((limit) => bytes > limit.bytes);
  if (refusing.length === 0) return void 0;
  const hosts2 = refusing.map((limit) => `${limit.host} (${formatBytes(limit.bytes)})`);
  return `The artifact has ${formatBytes(bytes)}, more than these hosts take: ${listSome(hosts2, 4)}. Keep out of it what the app does not need, by lines such as "docs export-ignore" in .gitattributes.`;
}
var limits;
var init_artifact_size = __esm({
  "src/project/artifact/artifact-size.ts"() {
    "use strict";
    init_text();
    limits = [
      // https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/applications-sourcebundle.html
      { host: "Elastic Beanstalk", bytes: 5e8 },
      // https://www.heroku.com/blog/bigger-slugs-and-greater-build-timeout-flexibility: the slug, packages with it.
      { host: "Heroku", bytes: 1e9 }
    ];
  }
});

// src/lib/paths.ts
function below(folder, path4) {
  const found = (0, import_node_path9.relative)(folder, path4);
  if (found === "" || found === ".." || found.startsWith(`..${import_node_path9.sep}`) || (0, import_node_path9.isAbsolute)(found)) return void 0;
  return found.split(import_node_path9.sep).join("/");
}
var import_node_path9;
var init_paths = __esm({
  "src/lib/paths.ts"() {
    "use strict";
    import_node_path9 = require("node:path");
  }
});

// src/project/checkout/translations.ts
function fromTranslations(missing2, prefix2) {
  const [first] = missing2;
  if (first === void 0) return [];
  const languages = [...new Set(missing2.map((path4) => import_node_path10.posix.basename(import_node_path10.posix.dirname(import_node_path10.posix.dirname(path4)))))].sort();
  const message = `The translations for ${listSome(languages, 5)} are not compiled (there is no ${prefix2}${first}), so that the site speaks the language of its source. Write build-command: python manage.py compilemessages, and "sudo apt-get install --yes gettext" in a step before this one.`;
  return [{ level: "warning", id: "deploy.translations", message, at: { file: `${prefix2}${first.slice(0, -3)}.po` } }];
}
var import_node_path10, catalogue, compiledNames;
var init_translations = __esm({
  "src/project/checkout/translations.ts"() {
    "use strict";
    import_node_path10 = require("node:path");
    init_text();
    catalogue = /(^|\/)LC_MESSAGES\/[^/]+\.po$/;
    compiledNames = (tracked) => [...tracked].filter((path4) => catalogue.test(path4)).map((path4) => `${path4.slice(0, -3)}.mo`);
  }
});

// src/project/artifact/artifact.ts
function isLeftover(path4) {
  const name = path4.split("/").at(-1) ?? "";
  return /\.(sqlite3?|db)(-journal|-wal|-shm)?$|\.(pyc|pyo|pem|key|log|tmp)$|^(id_[a-z0-9]+|secret_key.*)$/i.test(name);
}
function isMadeOnPurpose(path4) {
  return !isLeftover(path4) && !path4.split("/").some((part) => part.startsWith(".") && part !== ".vite");
}
var fallbackTime;
var init_artifact = __esm({
  "src/project/artifact/artifact.ts"() {
    "use strict";
    fallbackTime = 315532800;
  }
});

// src/lib/shape.ts
function parseAs(text2, check4) {
  try {
    const value = JSON.parse(text2);
    return check4(value) ? value : void 0;
  } catch {
    return void 0;
  }
}
var isText, isNumber, isFlag, isObject2, orNothing, listOf, mapOf, shape;
var init_shape = __esm({
  "src/lib/shape.ts"() {
    "use strict";
    isText = (value) => typeof value === "string";
    isNumber = (value) => typeof value === "number";
    isFlag = (value) => typeof value === "boolean";
    isObject2 = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
    orNothing = (check4) => (value) => value === null || value === void 0 || check4(value);
    listOf = (check4) => (value) => Array.isArray(value) && value.every(check4);
    mapOf = (checkKey, checkValue) => (value) => isObject2(value) && Object.entries(value).every(([key, one]) => checkKey(key) && checkValue(one));
    shape = (fields) => (value) => isObject2(value) && Object.entries(fields).every(([name, check4]) => check4(value[name]));
  }
});

// src/project/django/outcome-reader.ts
var maybeText, isTexts, isStorage, isProject, isDifference, isFailure, isOutcome, readOutcome;
var init_outcome_reader = __esm({
  "src/project/django/outcome-reader.ts"() {
    "use strict";
    init_shape();
    maybeText = orNothing(isText);
    isTexts = listOf(isText);
    isStorage = shape({
      backend: isText,
      local: isFlag,
      hashed: isFlag,
      strict: isFlag,
      location: maybeText,
      remote: orNothing(
        shape({
          bucket: maybeText,
          endpoint: maybeText,
          region: maybeText,
          location: maybeText,
          custom_domain: maybeText,
          signs_urls: orNothing(isFlag)
        })
      )
    });
    isProject = shape({
      django: isText,
      python: isText,
      settings_module: isText,
      settings_file: maybeText,
      chosen_by_manage_py: isFlag,
      siblings: isTexts,
      assigned: mapOf(isText, shape({ file: isText, line: isNumber, literal: isFlag, variables: isTexts })),
      overridden: isTexts,
      old_storages: mapOf(isText, isText),
      silenced: orNothing(isTexts),
      database: orNothing(shape({ engine: isText, missing_folder: maybeText })),
      debug: isFlag,
      allowed_hosts: isTexts,
      csrf_trusted_origins: isTexts,
      csrf: isFlag,
      ssl_redirect: isFlag,
      proxy_ssl_header: isFlag,
      whitenoise: isFlag,
      static_url: maybeText,
      static_root: maybeText,
      media_url: maybeText,
      media_root: maybeText,
      static_storage: orNothing(isStorage),
      media_storage: orNothing(isStorage)
    });
    isDifference = shape({
      model: isText,
      field: maybeText,
      argument: isText,
      before: isText,
      after: isText,
      kind: (kind) => ["machine", "order", "change"].some((one) => one === kind)
    });
    isFailure = shape({
      step: isText,
      type: isText,
      import_error: orNothing(shape({ module: isText, message: isText })),
      message: isText,
      cause: orNothing(shape({ type: isText, message: isText })),
      variables: isTexts,
      database: isFlag,
      frames: listOf(shape({ file: isText, line: isNumber }))
    });
    isOutcome = shape({
      project: (value) => value === void 0 || isProject(value),
      checks: orNothing(
        listOf(
          shape({
            level: isNumber,
            id: maybeText,
            text: isText,
            hint: maybeText,
            object: maybeText,
            file: maybeText,
            line: orNothing(isNumber)
          })
        )
      ),
      migrations: orNothing(
        shape({
          changes: listOf(
            shape({
              app: isText,
              own: isFlag,
              file: maybeText,
              operations: isTexts,
              differences: orNothing(listOf(isDifference)),
              sql: orNothing(isFlag)
            })
          ),
          conflicts: mapOf(isText, isTexts)
        })
      ),
      escaping: orNothing(listOf(shape({ file: isText, target: isText }))),
      duplicates: orNothing(listOf(shape({ name: isText, used: isText, ignored: isText }))),
      templates: orNothing(
        listOf(shape({ file: isText, line: isNumber, name: isText, used: orNothing(isFlag), similar: maybeText }))
      ),
      crowded: orNothing(listOf(shape({ folder: isText, files: isNumber }))),
      unmade: orNothing(listOf(shape({ tool: isText, name: isText, path: maybeText, file: isText, line: isNumber }))),
      collected: orNothing(shape({ root: isText, manifest: maybeText })),
      missing: orNothing(listOf(shape({ name: isText, file: maybeText, line: isNumber, url: isText, target: maybeText }))),
      failures: listOf(isFailure),
      throw_away: orNothing(isTexts),
      needed: orNothing(listOf(shape({ name: isText, file: maybeText, line: orNothing(isNumber) }))),
      finished: orNothing(isFlag)
    });
    readOutcome = (text2) => parseAs(text2, isOutcome);
  }
});

// src/project/artifact/record.ts
function withoutWorkspace({ collected: _, ...outcome }, workspace) {
  return JSON.parse(JSON.stringify(outcome).replaceAll(inJson(workspace), placeholder));
}
function withWorkspace(outcome, workspace) {
  return JSON.parse(JSON.stringify(outcome).replaceAll(placeholder, inJson(workspace)));
}
function isSafePath(path4) {
  if (/[\\\u0000-\u001f\u007f]/.test(path4) || /^[A-Za-z]:/.test(path4)) return false;
  return path4.split("/").every((part) => part !== "" && part !== "." && part !== "..");
}
var recordFolder, recordPath, placeholder, inJson, isSafe, isSum, isFinished, isPlace, isFinding, isRecord, writeRecord, readRecord;
var init_record = __esm({
  "src/project/artifact/record.ts"() {
    "use strict";
    init_shape();
    init_outcome_reader();
    recordFolder = ".deploy-django";
    recordPath = `${recordFolder}/release.json`;
    placeholder = "{workspace}";
    inJson = (text2) => JSON.stringify(text2).slice(1, -1);
    isSafe = (value) => isText(value) && isSafePath(value);
    isSum = (value) => isText(value) && /^[0-9a-f]{64}$/.test(value);
    isFinished = (value) => isOutcome(value) && isObject2(value) && value.project !== void 0 && value.collected === void 0;
    isPlace = shape({ file: isSafe, line: (line) => line === void 0 || isNumber(line) });
    isFinding = shape({
      level: (level) => ["error", "warning", "notice"].some((one) => one === level),
      id: isText,
      message: isText,
      at: (at2) => at2 === void 0 || isPlace(at2)
    });
    isRecord = shape({
      version: (value) => value === 1,
      commit: orNothing((value) => isText(value) && /^[0-9a-f]{40,64}$/.test(value)),
      python: isText,
      django: isText,
      lock: orNothing(shape({ path: isText, sha256: isSum })),
      workingDirectory: (value) => value === "." || isSafe(value),
      static: orNothing(shape({ folder: isSafe, manifest: orNothing(isSafe) })),
      media: orNothing(shape({ folder: isSafe, changed: mapOf(isSafePath, isNumber) })),
      bundled: listOf(isSafe),
      findings: listOf(isFinding),
      outcome: isFinished,
      files: mapOf(isSafePath, isSum)
    });
    writeRecord = (record2) => Buffer.from(`${JSON.stringify(record2, null, 1)}
`);
    readRecord = (text2) => parseAs(text2, isRecord);
  }
});

// src/project/artifact/contents.ts
async function takeSnapshot(root) {
  const snapshot = /* @__PURE__ */ new Map();
  for await (const entry of walk(root, (path4, name) => isOwnFolder((0, import_node_path11.join)(root, path4), name))) {
    if (entry.kind === "other") continue;
    const { mtimeMs, size } = await (0, import_promises7.lstat)((0, import_node_path11.join)(root, entry.path));
    snapshot.set(entry.path, `${mtimeMs}:${size}`);
  }
  return snapshot;
}
function changedBetween(before, after) {
  const written = [...after].filter(([path4, state]) => before.get(path4) !== state).map(([path4]) => path4);
  return { written, removed: [...before.keys()].filter((path4) => !after.has(path4)) };
}
async function readSourceTree(git, root) {
  const tracked = await git.trackedFiles() ?? [];
  if (tracked.length > 0) return { tracked, fromGit: true, changed: await git.changedFiles() ?? /* @__PURE__ */ new Set() };
  const found = [];
  for (const path4 of (await takeSnapshot(root)).keys()) {
    if (personal.test(path4) || isLeftover(path4)) continue;
    const { mode } = await (0, import_promises7.lstat)((0, import_node_path11.join)(root, path4));
    found.push({ path: path4, mode: mode & 64 ? "100755" : "100644", blob: "" });
  }
  return { tracked: found, fromGit: false, changed: /* @__PURE__ */ new Set() };
}
async function projectEntries(git, { root, source, hooks }) {
  const entries2 = /* @__PURE__ */ new Map();
  const onPurpose = new Set(hooks.flatMap(({ written, removed }) => [...written, ...removed]));
  const changed = source.fromGit ? await git.changedFiles() ?? /* @__PURE__ */ new Set() : /* @__PURE__ */ new Set();
  for (const { path: path4, mode, blob } of source.tracked) {
    const byCheck = changed.has(path4) && !source.changed.has(path4) && !onPurpose.has(path4);
    const bytes = byCheck ? await git.content(blob) : void 0;
    entries2.set(path4, { path: path4, executable: mode === "100755", from: bytes ? { bytes } : { file: (0, import_node_path11.join)(root, path4) } });
  }
  for (const { written, removed } of hooks) {
    for (const path4 of written.filter((made) => entries2.has(made) || isMadeOnPurpose(made))) {
      const executable = entries2.get(path4)?.executable ?? false;
      entries2.set(path4, { path: path4, executable, from: { file: (0, import_node_path11.join)(root, path4) } });
    }
    for (const path4 of removed) entries2.delete(path4);
  }
  for (const path4 of compiledNames(entries2.keys())) {
    const file = (0, import_node_path11.join)(root, path4);
    if (!entries2.has(path4) && (0, import_node_fs6.existsSync)(file)) entries2.set(path4, { path: path4, executable: false, from: { file } });
  }
  if (source.fromGit) for (const path4 of await git.exportIgnored([...entries2.keys()])) entries2.delete(path4);
  return entries2;
}
async function addFolder(entries2, { root, forAnotherJob }, folder, apart, place3 = folder) {
  if (folder === void 0 || folder === root || below(folder, root) !== void 0) return void 0;
  const at2 = (place3 && below(root, place3)) ?? (forAnotherJob ? `${recordFolder}/${apart}` : void 0);
  if (at2 === void 0) return void 0;
  for await (const { path: path4, kind } of walk(folder)) {
    if (kind !== "file") continue;
    const name = `${at2}/${path4}`;
    const executable = entries2.get(name)?.executable ?? false;
    entries2.set(name, { path: name, executable, from: { file: (0, import_node_path11.join)(folder, path4) } });
  }
  return at2;
}
async function artifactContents(git, request) {
  const entries2 = await projectEntries(git, request);
  const media = await addFolder(entries2, request, request.mediaRoot, "media");
  const collected = await addFolder(entries2, request, request.staticRoot, "static", request.staticPlace);
  return { entries: [...entries2.values()], static: collected, media };
}
var import_node_fs6, import_promises7, import_node_path11, noChanges, personal;
var init_contents = __esm({
  "src/project/artifact/contents.ts"() {
    "use strict";
    import_node_fs6 = require("node:fs");
    import_promises7 = require("node:fs/promises");
    import_node_path11 = require("node:path");
    init_own_folder();
    init_paths();
    init_walk();
    init_translations();
    init_artifact();
    init_record();
    noChanges = { written: [], removed: [] };
    personal = /(^|\/)\.(env[^/]*|git|hg|svn|idea|vscode|DS_Store|[a-z_]*cache|tox|nox|secrets)(\/|$)/;
  }
});

// src/project/artifact/archive-tar.ts
async function add(pack, entry, mtime) {
  const common = { name: entry.path, mtime, uid: 0, gid: 0, uname: "", gname: "" };
  const { promise, resolve: resolve6, reject } = Promise.withResolvers();
  const done = (error2) => error2 ? reject(error2) : resolve6();
  const begin = (header, bytes) => {
    const whole = { ...common, ...header };
    const sink = bytes ? pack.entry(whole, Buffer.from(bytes), done) : pack.entry(whole, done);
    sink.on("error", reject);
    return sink;
  };
  const mode = "executable" in entry && entry.executable ? 493 : 420;
  if ("target" in entry) begin({ type: "symlink", mode: 511, linkname: entry.target }, new Uint8Array());
  else if ("bytes" in entry) begin({ mode }, entry.bytes);
  else (0, import_promises8.pipeline)((0, import_node_fs7.createReadStream)(entry.file), begin({ mode, size: entry.size })).catch(reject);
  return promise;
}
async function packTar(entries2, time) {
  const { pack: createPack } = await import("./tar-stream.cjs");
  const pack = createPack();
  const packed = new import_node_stream.PassThrough();
  (0, import_promises8.pipeline)(pack, (0, import_node_zlib2.createGzip)({ level: 6 }), packed).catch((error2) => packed.destroy(error2));
  const addAll = async () => {
    for (const entry of entries2) await add(pack, entry, new Date(time * 1e3));
    pack.finalize();
  };
  addAll().catch((error2) => pack.destroy(error2));
  return packed;
}
async function* unpackTar(path4) {
  const { extract } = await import("./tar-stream.cjs");
  const entries2 = extract();
  (0, import_promises8.pipeline)((0, import_node_fs7.createReadStream)(path4), (0, import_node_zlib2.createGunzip)(), entries2).catch((error2) => entries2.destroy(error2));
  for await (const entry of entries2) {
    const { name, type } = entry.header;
    if (type === "file") yield { path: name, kind: "file", content: entry };
    else {
      entry.resume();
      yield { path: name, kind: type === "symlink" ? "link" : "other" };
    }
  }
}
var import_node_fs7, import_node_stream, import_promises8, import_node_zlib2;
var init_archive_tar = __esm({
  "src/project/artifact/archive-tar.ts"() {
    "use strict";
    import_node_fs7 = require("node:fs");
    import_node_stream = require("node:stream");
    import_promises8 = require("node:stream/promises");
    import_node_zlib2 = require("node:zlib");
  }
});

// src/project/artifact/archive-zip.ts
function plainTime(seconds) {
  const at2 = new Date(seconds * 1e3);
  return new Date(
    at2.getUTCFullYear(),
    at2.getUTCMonth(),
    at2.getUTCDate(),
    at2.getUTCHours(),
    at2.getUTCMinutes(),
    at2.getUTCSeconds()
  );
}
async function packZip(entries2, time) {
  const { ZipFile } = await import("./yazl.cjs");
  const zip = new ZipFile();
  const common = { mtime: plainTime(time), forceDosTimestamp: true };
  for (const entry of entries2) {
    if ("target" in entry) {
      zip.addBuffer(Buffer.from(entry.target), entry.path, { ...common, mode: linkType | 511, compress: false });
      continue;
    }
    const mode = regularType | (entry.executable ? 493 : 420);
    if ("bytes" in entry) zip.addBuffer(Buffer.from(entry.bytes), entry.path, { ...common, mode });
    else zip.addFile(entry.file, entry.path, { ...common, mode });
  }
  zip.on("error", (error2) => zip.outputStream.destroy(error2));
  zip.end();
  return zip.outputStream;
}
async function* unpackZip(path4) {
  const { openPromise } = await import("./yauzl.cjs");
  const zip = await openPromise(path4, { lazyEntries: true, autoClose: false });
  try {
    for await (const entry of zip.eachEntry()) {
      const type = entry.externalFileAttributes >>> 16 & fileType;
      if (type === linkType) yield { path: entry.fileName, kind: "link" };
      else if (entry.fileName.endsWith("/")) yield { path: entry.fileName, kind: "other" };
      else yield { path: entry.fileName, kind: "file", content: await zip.openReadStreamPromise(entry) };
    }
  } finally {
    zip.close();
  }
}
var fileType, linkType, regularType;
var init_archive_zip = __esm({
  "src/project/artifact/archive-zip.ts"() {
    "use strict";
    fileType = 61440;
    linkType = 40960;
    regularType = 32768;
  }
});

// src/project/artifact/checksum.ts
async function measure(content, file) {
  const hash12 = (0, import_node_crypto12.createHash)("sha256");
  let bytes = 0;
  const meter = new import_node_stream2.Transform({
    transform(chunk, _encoding, done) {
      hash12.update(chunk);
      bytes += chunk.length;
      done(null, chunk);
    }
  });
  await (0, import_promises9.pipeline)(content, meter, file === void 0 ? nowhere() : (0, import_node_fs8.createWriteStream)(file));
  return { bytes, sha256: hash12.digest("hex") };
}
var import_node_crypto12, import_node_fs8, import_node_stream2, import_promises9, nowhere;
var init_checksum = __esm({
  "src/project/artifact/checksum.ts"() {
    "use strict";
    import_node_crypto12 = require("node:crypto");
    import_node_fs8 = require("node:fs");
    import_node_stream2 = require("node:stream");
    import_promises9 = require("node:stream/promises");
    nowhere = () => new import_node_stream2.Writable({ write: (_chunk, _encoding, done) => done() });
  }
});

// src/project/artifact/pack.ts
async function refuseLink(entry, target) {
  const outside = "a link that leads out of the project";
  if (import_node_path12.posix.isAbsolute(target) || /^[A-Za-z]:/.test(target)) return outside;
  const root = await (0, import_promises10.realpath)(entry.file.slice(0, -entry.path.length));
  const folder = `${(0, import_node_path12.dirname)(entry.file)}/${import_node_path12.posix.dirname(target)}`;
  const real = await resolved(entry.file) ?? await resolved(folder);
  if (real !== void 0) return real === root || below(root, real) !== void 0 ? void 0 : outside;
  const end = import_node_path12.posix.normalize(import_node_path12.posix.join(import_node_path12.posix.dirname(entry.path), target));
  return end === ".." || end.startsWith("../") ? outside : void 0;
}
async function inspect({ path: path4, executable, from }) {
  if (path4 === recordPath) return `${path4}: the artifact says there what it is made of`;
  if (!isSafePath(path4)) return `${JSON.stringify(path4)}: a name that not every system can hold`;
  if ("bytes" in from) return { path: path4, executable, bytes: from.bytes, sha256: (0, import_node_crypto13.hash)("sha256", from.bytes) };
  const { file } = from;
  const stat6 = await (0, import_promises10.lstat)(file).catch(() => void 0);
  if (!stat6) return `${path4}: not in the work tree`;
  if (stat6.isSymbolicLink()) {
    const target = (await (0, import_promises10.readlink)(file)).replaceAll("\\", "/");
    const reason = await refuseLink({ path: path4, file }, target);
    return reason ? `${path4}: ${reason}` : { path: path4, target };
  }
  if (stat6.isDirectory())
    return `${path4}: a submodule that is not checked out; set submodules: true of actions/checkout`;
  if (!stat6.isFile()) return `${path4}: not a file`;
  const { sha256: sha2562 } = await measure((0, import_node_fs9.createReadStream)(file));
  return { path: path4, executable, file, size: stat6.size, sha256: sha2562 };
}
async function packArtifact(request) {
  const sorted = request.entries.toSorted((a, b) => Buffer.compare(Buffer.from(a.path), Buffer.from(b.path)));
  const left = [];
  const found = [];
  for (const entry of sorted) {
    const inspected = await inspect(entry);
    if (typeof inspected === "string") left.push(inspected);
    else found.push(inspected);
  }
  const sums = Object.fromEntries(found.flatMap((entry) => "sha256" in entry ? [[entry.path, entry.sha256]] : []));
  const record2 = { path: recordPath, executable: false, bytes: request.record(sums), sha256: "" };
  const pack = { "tar.gz": packTar, zip: packZip }[request.format];
  const { bytes, sha256: sha2562 } = await measure(await pack([record2, ...found], request.time), request.path);
  return { artifact: { path: request.path, sha256: sha2562, bytes, files: found.length }, left };
}
var import_node_crypto13, import_node_fs9, import_promises10, import_node_path12, resolved;
var init_pack = __esm({
  "src/project/artifact/pack.ts"() {
    "use strict";
    import_node_crypto13 = require("node:crypto");
    import_node_fs9 = require("node:fs");
    import_promises10 = require("node:fs/promises");
    import_node_path12 = require("node:path");
    init_paths();
    init_archive_tar();
    init_archive_zip();
    init_checksum();
    init_record();
    resolved = (path4) => (0, import_promises10.realpath)(path4).catch(() => void 0);
  }
});

// src/project/artifact/make-artifact.ts
function manifestIn(folder, { collected }) {
  if (!collected?.manifest) return null;
  const path4 = below(collected.root, collected.manifest);
  return path4 === void 0 ? null : import_node_path13.posix.join(folder, path4);
}
async function lockOf({ root, lockFile: path4 }) {
  if (path4 === void 0) return null;
  return { path: path4, sha256: (0, import_node_crypto14.hash)("sha256", await (0, import_promises11.readFile)((0, import_node_path13.join)(root, path4))) };
}
async function recordOf(built) {
  const { outcome, project, git, contents } = built;
  const { static: folder, media } = contents;
  return {
    version: 1,
    commit: await git.head() ?? null,
    python: project.python,
    django: project.django,
    lock: await lockOf(built),
    workingDirectory: built.workingDirectory,
    static: folder === void 0 ? null : { folder, manifest: manifestIn(folder, outcome) },
    media: media === void 0 ? null : { folder: media, changed: Object.fromEntries(await git.lastChanges(media)) },
    bundled: [...built.bundled].sort(),
    findings: built.findings,
    outcome: withoutWorkspace(outcome, built.workspace)
  };
}
async function makeArtifact(built) {
  const { contents, format, path: path4, time } = built;
  const record2 = await recordOf(built);
  const write2 = (files) => writeRecord({ ...record2, files });
  return packArtifact({ entries: contents.entries, format, time, path: path4, record: write2 });
}
var import_node_crypto14, import_promises11, import_node_path13;
var init_make_artifact = __esm({
  "src/project/artifact/make-artifact.ts"() {
    "use strict";
    import_node_crypto14 = require("node:crypto");
    import_promises11 = require("node:fs/promises");
    import_node_path13 = require("node:path");
    init_paths();
    init_pack();
    init_record();
  }
});

// src/project/artifact/static-place.ts
async function addTracked(root, { staticRoot, collected }, paths) {
  if (!staticRoot || !collected) return;
  for (const path4 of new Set(paths)) {
    const file = (0, import_node_path14.join)(root, path4);
    const name = below(staticRoot, file);
    if (name === void 0 || (0, import_node_fs10.existsSync)((0, import_node_path14.join)(collected, name))) continue;
    const stat6 = await (0, import_promises12.lstat)(file).catch(() => void 0);
    if (!stat6?.isFile()) continue;
    await (0, import_promises12.mkdir)((0, import_node_path14.dirname)((0, import_node_path14.join)(collected, name)), { recursive: true });
    await (0, import_promises12.copyFile)(file, (0, import_node_path14.join)(collected, name));
  }
}
async function atStaticRoot({ workspace, staticRoot, collected }, work) {
  if (!staticRoot || !collected || below(workspace, staticRoot) === void 0) return work();
  const kept2 = `${staticRoot}.kept-${(0, import_node_crypto15.randomBytes)(4).toString("hex")}`;
  const wasThere = await (0, import_promises12.lstat)(staticRoot).catch(() => void 0) !== void 0;
  if (wasThere) await (0, import_promises12.rename)(staticRoot, kept2);
  await (0, import_promises12.mkdir)((0, import_node_path14.dirname)(staticRoot), { recursive: true });
  await (0, import_promises12.symlink)(collected, staticRoot, "junction");
  try {
    await work();
  } finally {
    const now = await (0, import_promises12.lstat)(staticRoot).catch(() => void 0);
    if (now?.isSymbolicLink()) await (0, import_promises12.unlink)(staticRoot);
    if (wasThere && (!now || now.isSymbolicLink())) await (0, import_promises12.rename)(kept2, staticRoot);
  }
}
var import_node_crypto15, import_node_fs10, import_promises12, import_node_path14;
var init_static_place = __esm({
  "src/project/artifact/static-place.ts"() {
    "use strict";
    import_node_crypto15 = require("node:crypto");
    import_node_fs10 = require("node:fs");
    import_promises12 = require("node:fs/promises");
    import_node_path14 = require("node:path");
    init_paths();
  }
});

// src/project/checkout/lfs.ts
function fromPointers(files) {
  const [first] = files;
  if (first === void 0) return [];
  const verb = files.length === 1 ? "is a pointer" : "are pointers";
  const message = `${listSome(files, 3)} ${verb} of Git LFS and not the ${files.length === 1 ? "file" : "files"}, so that visitors would get a few lines of text. Set lfs: true of actions/checkout.`;
  return [{ level: "error", id: "deploy.lfs", message, at: { file: first } }];
}
var pointerStart;
var init_lfs = __esm({
  "src/project/checkout/lfs.ts"() {
    "use strict";
    init_text();
    pointerStart = "version https://git-lfs.github.com/spec/v1";
  }
});

// src/project/checkout/withheld-variables.ts
function withheldVariables(environment, build2) {
  const isOf = (name) => ofAction.test(name) || ofMachine.some((one) => one.test(name.toUpperCase()));
  return Object.keys(environment).filter((name) => environment[name] !== void 0 && !(name in build2) && !isOf(name) && /^[A-Z]\w*$/.test(name)).sort();
}
function fromWithheld(names2) {
  if (names2.length === 0) return [];
  const verb = names2.length === 1 ? "is" : "are";
  const lines = names2.slice(0, 5).map((name) => `${name}=…`);
  const message = `${listSome(names2, 8)} ${verb} set in env: of the workflow and not given to the build, which gets the input env alone. If the build needs ${names2.length === 1 ? "it" : "them"}, add to the input env: ${lines.join(", ")}`;
  return [{ level: "notice", id: "deploy.withheld-variables", message }];
}
var ofMachine, ofAction;
var init_withheld_variables = __esm({
  "src/project/checkout/withheld-variables.ts"() {
    "use strict";
    init_text();
    ofMachine = [
      /^(GITHUB|RUNNER|ACTIONS|INPUT|STATE|JAVA_HOME|GOROOT|ANDROID|SYSTEMD|XDG|PIPX|SWIFT|DOTNET|NVM|HOMEBREW|POWERSHELL|CHROME|EDGE|GECKO|SELENIUM|AGENT|STATS|GHCUP|BOOTSTRAP_HASKELL|MEMORY_PRESSURE|npm|GIT|JEST|KUBERNETES|DEBUGINFOD|SSH|DBUS|SUDO|LS)(_|$|[A-Z]*WEBDRIVER)/,
      /^(_|PWD|OLDPWD|SHLVL|HOSTNAME|MAIL|EDITOR|VISUAL|PAGER|LESS|LESSOPEN|LESSCLOSE|COLORTERM|NO_COLOR|FORCE_COLOR|IMAGEOS|IMAGEVERSION|ACCEPT_EULA|CONDA|DEBIAN_FRONTEND|ENABLE_RUNNER_TRACING|INVOCATION_ID|JOURNAL_STREAM|LEIN_HOME|LEIN_JAR|PSMODULEPATH|SGX_AESM_ADDR|USE_BAZEL_FALLBACK_VERSION|VCPKG_INSTALLATION_ROOT|AZURE_EXTENSION_DIR|AZURE_CONFIG_DIR|ANT_HOME|GRADLE_HOME|M2|MAVEN_HOME|PERL5LIB|NODE|INIT_CWD|WINDOWID|DISPLAY|COLUMNS|LINES|PS1|GPG_TTY|MANPATH|INFOPATH|RBENV_ROOT|GOPATH|CARGO_HOME|RUSTUP_HOME|GEM_HOME|WSLENV|OS|PROCESSOR_\w+|COMPUTERNAME|USERDOMAIN\w*|LOGONSERVER|PUBLIC|DRIVERDATA|CLICOLOR\w*)$/
    ];
    ofAction = /^(AWS|GH|ARM|AZURE|GOOGLE|CLOUDSDK|DIGITALOCEAN|CLOUDFLARE)_/;
  }
});

// src/project/frontend/build-advice.ts
function adviseFrontEnd({ folder, files }, script, program) {
  const manager = managers.find(({ lock }) => files.some((name) => lock.test(name)));
  const { install: install2, run: run3, within, setup } = manager ?? { install: "npm install", ...npm };
  const there = (command) => folder === "." ? command : command.replace(" ", ` ${within} ${/^[\w./-]+$/.test(folder) ? folder : `'${folder}'`} `);
  const runs2 = folder === "." ? `npx ${program}` : `(cd ${folder} && npx ${program})`;
  const build2 = script === void 0 ? program && runs2 : there(`${run3} ${script}`);
  return { command: [there(install2), build2].filter(Boolean).join(" && "), setup };
}
var npm, managers;
var init_build_advice = __esm({
  "src/project/frontend/build-advice.ts"() {
    "use strict";
    npm = { run: "npm run", within: "--prefix", setup: "actions/setup-node" };
    managers = [
      { lock: /^(package-lock|npm-shrinkwrap)\.json$/, install: "npm ci", ...npm },
      {
        lock: /^pnpm-lock\.yaml$/,
        install: "pnpm install --frozen-lockfile",
        run: "pnpm run",
        within: "--dir",
        setup: "pnpm/action-setup and actions/setup-node"
      },
      {
        lock: /^yarn\.lock$/,
        install: "yarn install --frozen-lockfile",
        run: "yarn run",
        within: "--cwd",
        setup: "actions/setup-node"
      },
      {
        lock: /^bun\.lockb?$/,
        install: "bun install --frozen-lockfile",
        run: "bun run",
        within: "--cwd",
        setup: "oven-sh/setup-bun"
      }
    ];
  }
});

// src/project/frontend/frontend.ts
function wholeScript(scripts2, name) {
  const done = /* @__PURE__ */ new Set([name]);
  for (const one of done) {
    for (const word of wordsOf(scripts2[one] ?? "")) {
      const isCalled = (other) => other === word || word.endsWith("*") && other.startsWith(word.replace(/\*+$/, ""));
      for (const other of Object.keys(scripts2).filter(isCalled)) done.add(other);
    }
  }
  return [...done].map((one) => scripts2[one]).join(" && ");
}
function sassOutputs(command) {
  const words2 = wordsOf(command).map(programOf);
  if (!words2.includes("sass")) return [];
  return words2.flatMap((word) => /(?:^|:)([^:]+\.css)$/.exec(word)?.[1] ?? []);
}
function outputsOf({ folder, configs }, script, programs2) {
  const inside = (base, path4) => import_node_path15.posix.join(base, path4).replace(/\/$/, "");
  const words2 = wordsOf(script);
  const options = [...script.matchAll(outputOption)].map(([, path4 = ""]) => path4);
  const styles = script.split(/[;&|]+/).flatMap(sassOutputs);
  const named = [...options, ...styles].map((path4) => inside(folder, path4));
  if (named.length > 0) return named;
  const settings = configs.flatMap(({ path: path4, text: text2 }) => {
    const bases = [folder, import_node_path15.posix.dirname(path4), inside(folder, rootSetting.exec(text2)?.[1] ?? ".")];
    const found = [...text2.matchAll(outputSetting)].map(
      ([, strings = ""]) => strings === "" ? [] : bases.map((base) => inside(base, joined(strings)))
    );
    const mention = /^vite/.test(import_node_path15.posix.basename(path4)) ? /\boutDir\b/ : /\bout(put|Dir|dir|file|putDir)\b/;
    return found.length === 0 && mention.test(text2) ? [[]] : found;
  });
  const elsewhere = words2.some((word, at2) => /^(--config|-c)(=|$)/.test(word) && !isRead(configs, word, words2[at2 + 1]));
  if (elsewhere || settings.some((paths) => paths.length === 0)) return void 0;
  if (settings.length > 0) return settings.flat();
  const usual = programs2.map((program) => builders[program]).filter((path4) => path4 !== void 0);
  return usual.length > 0 ? usual.map((path4) => inside(folder, path4)) : void 0;
}
function isRead(configs, option2, next) {
  const path4 = option2.includes("=") ? option2.slice(option2.indexOf("=") + 1) : next;
  if (path4 === void 0 || path4.startsWith("-")) return true;
  return configs.some((config) => config.path.endsWith(import_node_path15.posix.normalize(path4)));
}
function isCollected(outputs, settings) {
  const mentioned = new Set(settings.split(/["'/]/));
  return outputs.some((path4) => path4.split("/").some((part) => part === "static" || mentioned.has(part)));
}
function foldersOf(files) {
  const folders = /* @__PURE__ */ new Set();
  for (const file of files) {
    if (import_node_path15.posix.basename(file).startsWith(".")) continue;
    for (let at2 = file.indexOf("/"); at2 >= 0; at2 = file.indexOf("/", at2 + 1)) folders.add(file.slice(0, at2));
  }
  return folders;
}
function outputsOfScript(one, name) {
  const script = wholeScript(one.scripts, name);
  const programs2 = wordsOf(script).map(programOf).filter((word) => Object.hasOwn(builders, word));
  return programs2.length > 0 ? outputsOf(one, script, programs2) : void 0;
}
function isBuilt(one, script, files) {
  const folders = foldersOf(files);
  return outputsOfScript(one, script)?.some((path4) => folders.has(path4) || files.has(path4)) ?? false;
}
function forgottenFrontEnds({ packages, files, settings, prefix: prefix2 }) {
  const folders = foldersOf(files);
  return packages.flatMap((one) => {
    if (!one.usual) return [];
    const name = buildScripts.find((script) => one.scripts[script] !== void 0);
    if (name === void 0) return [];
    const outputs = outputsOfScript(one, name);
    if (!outputs || outputs.some((path5) => path5.startsWith("..") || import_node_path15.posix.isAbsolute(path5))) return [];
    if (outputs.some((path5) => folders.has(path5) || files.has(path5))) return [];
    if (!isCollected(outputs, settings)) return [];
    const path4 = import_node_path15.posix.join(one.folder, "package.json");
    const { command, setup } = adviseFrontEnd(one, name);
    const missing2 = listSome([...new Set(outputs)], 2);
    return [
      {
        level: "warning",
        id: "deploy.front-end",
        message: `${path4} has a script "${name}", and nothing has built it: there is no ${missing2}. Write build-command: ${command}, and ${setup} as a step before this one.`,
        at: { file: prefix2 + path4 }
      }
    ];
  });
}
var import_node_path15, buildScripts, builders, wordsOf, programOf, outputOption, outputSetting, rootSetting, joined;
var init_frontend = __esm({
  "src/project/frontend/frontend.ts"() {
    "use strict";
    import_node_path15 = require("node:path");
    init_text();
    init_build_advice();
    buildScripts = ["build", "build:prod", "build:production", "production"];
    builders = {
      vite: "dist",
      webpack: "dist",
      rspack: "dist",
      rsbuild: "dist",
      parcel: "dist",
      "vue-cli-service": "dist",
      "react-scripts": "build",
      craco: "build",
      esbuild: void 0,
      rollup: void 0,
      tailwindcss: void 0,
      "@tailwindcss/cli": void 0,
      postcss: void 0,
      sass: void 0
    };
    wordsOf = (script) => script.split(/[\s;&|()"']+/).filter((word) => word !== "");
    programOf = (word) => word.replace(/^.*\/\.bin\//, "").replace(/(.)@[\w.^~-]+$/, "$1");
    outputOption = /(?:--(?:out-?dir|out-?file|output(?:-path)?|dist-dir|dest|dir|file)|\s-[od])(?:=|\s+)["']?([^\s"'&|;]+)/gi;
    outputSetting = /(?:\b(?:outDir|outdir|outfile|outputDir)\s*:|\boutput\s*:\s*\{[^}]*?\b(?:path|dir|file)\s*:)\s*(?:[\w.]+\(\s*)?(?:(?:__dirname|import\.meta\.dirname|process\.cwd\(\))\s*,\s*)?((?:["'`][^"'`$]*["'`]\s*,?\s*)*)/g;
    rootSetting = /\broot\s*:\s*(?:[\w.]+\(\s*)?(?:__dirname\s*,\s*)?["'`]([^"'`$]+)["'`]/;
    joined = (strings) => import_node_path15.posix.join(...[...strings.matchAll(/["'`]([^"'`]*)["'`]/g)].map(([, text2]) => text2 ?? ""));
  }
});

// src/project/frontend/consequences.ts
function lacksFiles({ checks, templates: templates2, missing: missing2, unmade, failures: failures2 }) {
  return (checks ?? []).some(({ id }) => ofFrontEnd.has(id ?? "")) || (templates2 ?? []).some(({ used = true, similar }) => used && !similar) || (missing2 ?? []).length > 0 || (unmade ?? []).some(({ tool }) => madeByFrontEnd.has(tool)) || failures2.some(({ step, message }) => step === "collect" && /node_modules|No such file/.test(message));
}
function adviceFor(one, files) {
  const script = [...buildScripts, ...otherScripts].find((name) => one.scripts[name] !== void 0);
  if (script !== void 0) return isBuilt(one, script, files) ? void 0 : adviseFrontEnd(one, script);
  const program = programs.find(([name]) => one.files.some((file) => name.test(file)))?.[1];
  return program === void 0 ? void 0 : adviseFrontEnd(one, void 0, program);
}
function missedFrontEnds(outcome, { packages, files, prefix: prefix2 }) {
  if (!lacksFiles(outcome)) return [];
  const usualFirst = packages.toSorted((one, other) => Number(other.usual) - Number(one.usual));
  const installs = (outcome.checks ?? []).some(
    ({ id, text: text2 }) => id === "staticfiles.W004" && /node_modules/.test(text2)
  );
  for (const one of usualFirst) {
    const advice = adviceFor(one, files) ?? (installs ? adviseFrontEnd(one, void 0) : void 0);
    if (!advice) continue;
    const path4 = import_node_path16.posix.join(one.folder, "package.json");
    const message = `The front-end of ${path4} is not built. Write build-command: ${advice.command}, and ${advice.setup} as a step before this one.`;
    return [{ level: "warning", id: "deploy.front-end", message, at: { file: prefix2 + path4 } }];
  }
  return [];
}
function withFrontEnd(findings) {
  const at2 = findings.findIndex(({ id }) => id === "deploy.front-end");
  const cause = findings[at2];
  const folded2 = findings.filter(({ id, message }) => follows.has(id) && !message.includes("Did you mean"));
  if (!cause || folded2.length === 0) return [...findings];
  const first = folded2[0];
  const place3 = first?.at ? ` (${first.at.file}${first.at.line ? `, line ${first.at.line}` : ""})` : "";
  const names2 = [...new Set(folded2.flatMap(({ message }) => nameIn(message) ?? []))];
  const missing2 = ` ${plural(folded2.length, "other finding")} ${folded2.length === 1 ? "follows" : "follow"} from it: not there ${names2.length === 1 ? "is" : "are"} ${listSome(names2, 3)}${place3}.`;
  const level = folded2.some((one) => one.level === "error") ? "error" : cause.level;
  const whole = { ...cause, level, message: cause.message + (names2.length > 0 ? missing2 : "") };
  return findings.flatMap((one, index) => index === at2 ? [whole] : folded2.includes(one) ? [] : [one]);
}
var import_node_path16, otherScripts, programs, ofFrontEnd, madeByFrontEnd, follows, nameIn;
var init_consequences = __esm({
  "src/project/frontend/consequences.ts"() {
    "use strict";
    import_node_path16 = require("node:path");
    init_text();
    init_build_advice();
    init_frontend();
    otherScripts = [
      "prod",
      "dist",
      "compile",
      "assets",
      "build:css",
      "build-css",
      "css",
      "sass",
      "styles",
      "tailwind",
      "webpack",
      "gulp",
      "build:dev",
      "dev:build"
    ];
    programs = [
      [/^gulpfile\.\w+$/, "gulp"],
      [/^Gruntfile\.\w+$/i, "grunt"],
      [/^webpack[\w.-]*\.[cm]?[jt]s$/, "webpack --mode production"],
      [/^vite\.config\.[cm]?[jt]s$/, "vite build"]
    ];
    ofFrontEnd = /* @__PURE__ */ new Set(["staticfiles.W004", "django_vite.W001"]);
    madeByFrontEnd = /* @__PURE__ */ new Set(["webpack_loader", "tailwind"]);
    follows = /* @__PURE__ */ new Set([...ofFrontEnd, "deploy.template", "deploy.missing-file"]);
    nameIn = (message) => /"([^"]+)"/.exec(message)?.[1];
  }
});

// src/project/checkout/manage-py.ts
function chooseManagePy(found, workingDirectory) {
  const depth = (path4) => path4.split("/").length;
  const nearest = Math.min(...found.map(depth));
  const candidates2 = found.filter((path4) => depth(path4) === nearest).sort();
  const [only, ...others2] = candidates2;
  if (only === void 0) {
    throw new DeployError(
      "PROJECT_NOT_FOUND",
      `There is no manage.py in "${workingDirectory}" or ${searchDepth} folders below.`,
      {
        hint: "Check out the repository first (actions/checkout), and set working-directory to the folder of the project."
      }
    );
  }
  if (others2.length > 0) {
    const lines = candidates2.map((path4) => {
      const folder = JSON.stringify(import_node_path17.posix.join(workingDirectory, import_node_path17.posix.dirname(path4)));
      return `  working-directory: ${folder}`;
    });
    throw new DeployError(
      "PROJECT_NOT_FOUND",
      `There are ${candidates2.length} Django projects, none nearer than another. Write one of these lines under "with:" of the step:
${listSome(lines, 10, "\n")}`,
      {
        hint: "To deploy several, give each a step, or a job of a matrix, of its own."
      }
    );
  }
  return only;
}
var import_node_path17, searchDepth;
var init_manage_py = __esm({
  "src/project/checkout/manage-py.ts"() {
    "use strict";
    import_node_path17 = require("node:path");
    init_errors();
    init_text();
    searchDepth = 3;
  }
});

// src/project/frontend/frontend-files.ts
function scriptsIn(text2) {
  try {
    const { scripts: scripts2 } = JSON.parse(text2);
    if (typeof scripts2 !== "object" || scripts2 === null) return {};
    return Object.fromEntries(Object.entries(scripts2).filter(([, script]) => typeof script === "string"));
  } catch {
    return {};
  }
}
async function readFrontEnds(root, projectFolder, prefix2) {
  const files = /* @__PURE__ */ new Set();
  for await (const { path: path4 } of walk(root, (folder, name) => isOwnFolder((0, import_node_path18.join)(root, folder), name))) files.add(path4);
  const read2 = (path4) => (0, import_promises13.readFile)((0, import_node_path18.join)(root, path4), "utf8").catch(() => "");
  const isUsual = (folder) => folder === "." || folder === projectFolder || usualFolders.test(import_node_path18.posix.basename(folder));
  const isNear = (folder) => folder.split("/").length <= searchDepth;
  const folders = [...files].filter((path4) => import_node_path18.posix.basename(path4) === "package.json").map(import_node_path18.posix.dirname);
  const isBelow = (file, folder) => folder === "." || file.startsWith(`${folder}/`);
  const packages = [];
  for (const folder of folders.filter(isNear)) {
    const path4 = import_node_path18.posix.join(folder, "package.json");
    const inner = folders.filter((other) => other !== folder && isBelow(`${other}/`, folder));
    const below2 = [...files].filter((file) => isBelow(file, folder) && !inner.some((other) => isBelow(file, other)));
    const configs = below2.filter((file) => configName.test(import_node_path18.posix.basename(file)));
    packages.push({
      folder,
      usual: isUsual(folder),
      scripts: scriptsIn(await read2(path4)),
      files: below2.filter((file) => import_node_path18.posix.dirname(file) === folder).map((file) => import_node_path18.posix.basename(file)),
      configs: await Promise.all(configs.map(async (config) => ({ path: config, text: await read2(config) })))
    });
  }
  const settings = packages.length > 0 ? [...files].filter((path4) => settingsName.test(path4)) : [];
  return { packages, files, settings: (await Promise.all(settings.map(read2))).join("\n"), prefix: prefix2 };
}
var import_promises13, import_node_path18, usualFolders, settingsName, configName;
var init_frontend_files = __esm({
  "src/project/frontend/frontend-files.ts"() {
    "use strict";
    import_promises13 = require("node:fs/promises");
    import_node_path18 = require("node:path");
    init_own_folder();
    init_walk();
    init_manage_py();
    usualFolders = /^(front-?end|front|client|assets|static|static_src|src|ui|web|webapp|spa|theme|js|javascript|vite|webpack)$/;
    settingsName = /(^|\/)(settings|config|conf)[^/]*(\/.*)?\.py$/;
    configName = /^(vite|webpack|rspack|rsbuild|rollup|vue|esbuild)\b.*\.[cm]?[jt]s$/;
  }
});

// src/project/checkout/place.ts
function placeIn(workspace, file, line) {
  const path4 = file ? below(workspace, file) : void 0;
  return path4 === void 0 ? {} : { at: { file: path4, ...line ? { line } : {} } };
}
var init_place = __esm({
  "src/project/checkout/place.ts"() {
    "use strict";
    init_paths();
  }
});

// src/project/frontend/not-made.ts
function isThere({ name, path: path4 }, folders) {
  return path4 !== null && (0, import_node_fs11.existsSync)(path4) || folders.some((folder) => folder && (0, import_node_fs11.existsSync)((0, import_node_path19.join)(folder, name)));
}
function fromUnmade({ unmade }, workspace, folders) {
  return (unmade ?? []).flatMap((one) => {
    const maker = makers[one.tool];
    if (!maker || isThere(one, folders)) return [];
    const message = `${maker.effect} ${one.name}, which nothing has made. Write ${maker.input}: ${maker.command}`;
    return [{ level: "error", id: "deploy.not-made", message, ...placeIn(workspace, one.file, one.line) }];
  });
}
var import_node_fs11, import_node_path19, makers;
var init_not_made = __esm({
  "src/project/frontend/not-made.ts"() {
    "use strict";
    import_node_fs11 = require("node:fs");
    import_node_path19 = require("node:path");
    init_place();
    makers = {
      compressor: {
        input: "post-build-command",
        command: "python manage.py compress --force",
        effect: "COMPRESS_OFFLINE is on, and every page with {% compress %} answers 500 without"
      },
      sass_processor: {
        input: "build-command",
        command: "python manage.py compilescss",
        effect: "SASS_PROCESSOR_ENABLED is off, and {% sass_src %} asks for"
      },
      webpack_loader: {
        input: "build-command",
        command: "npm ci && npm run build",
        effect: "every page with {% render_bundle %} answers 500 without"
      },
      tailwind: {
        input: "build-command",
        command: "python manage.py tailwind install && python manage.py tailwind build",
        effect: "{% tailwind_css %} asks for"
      },
      statici18n: {
        input: "build-command",
        command: "python manage.py compilemessages && python manage.py compilejsi18n",
        effect: "{% statici18n %} asks for files in"
      }
    };
  }
});

// src/project/build-findings.ts
function prefixOf({ workspace, root }) {
  const inside = below(workspace, root);
  return inside === void 0 ? "" : `${inside}/`;
}
async function lookAtCheckout(checkout, environment) {
  const withheld = withheldVariables(environment, checkout.env);
  const pointers = checkout.source.fromGit ? await checkout.git.filesWith(pointerStart) : [];
  const prefix2 = prefixOf(checkout);
  return { findings: [...fromPointers(pointers.map((path4) => prefix2 + path4)), ...fromWithheld(withheld)], withheld };
}
function frontEndFindings(outcome, frontEnds) {
  if (!frontEnds) return [];
  const plain = forgottenFrontEnds(frontEnds);
  return plain.length > 0 ? plain : missedFrontEnds(outcome, frontEnds);
}
function lookAtBuilt(checkout, outcome, { workspace, staticRoot, collected }) {
  const tracked = checkout.source.tracked.map(({ path: path4 }) => path4);
  const missing2 = compiledNames(tracked).filter((path4) => !(0, import_node_fs12.existsSync)((0, import_node_path20.join)(checkout.root, path4)));
  return [...fromUnmade(outcome, workspace, [collected, staticRoot]), ...fromTranslations(missing2, prefixOf(checkout))];
}
var import_node_fs12, import_node_path20, findFrontEnds, staticRootOf;
var init_build_findings = __esm({
  "src/project/build-findings.ts"() {
    "use strict";
    import_node_fs12 = require("node:fs");
    import_node_path20 = require("node:path");
    init_paths();
    init_lfs();
    init_translations();
    init_withheld_variables();
    init_consequences();
    init_frontend();
    init_frontend_files();
    init_not_made();
    findFrontEnds = (checkout) => readFrontEnds(checkout.root, checkout.located.folder, prefixOf(checkout));
    staticRootOf = ({ root, located }, { static_root: set }) => set ? (0, import_node_path20.resolve)(root, located.folder, set) : void 0;
  }
});

// node_modules/@renovatebot/pep440/lib/version.js
function parse(version3, regex) {
  const { groups } = (regex || validRegex).exec(version3) || {};
  if (!groups) {
    return null;
  }
  const parsed = {
    epoch: Number(groups.epoch ? groups.epoch : 0),
    release: groups.release.split(".").map(Number),
    pre: normalize_letter_version(groups.pre_l, groups.pre_n),
    post: normalize_letter_version(
      groups.post_l,
      groups.post_n1 || groups.post_n2
    ),
    dev: normalize_letter_version(groups.dev_l, groups.dev_n),
    local: parse_local_version(groups.local)
  };
  return parsed;
}
function stringify(parsed) {
  if (!parsed) {
    return null;
  }
  const { epoch, release, pre, post: post2, dev, local } = parsed;
  const parts = [];
  if (epoch !== 0) {
    parts.push(`${epoch}!`);
  }
  parts.push(release.join("."));
  if (pre) {
    parts.push(pre.join(""));
  }
  if (post2) {
    parts.push("." + post2.join(""));
  }
  if (dev) {
    parts.push("." + dev.join(""));
  }
  if (local) {
    parts.push(`+${local}`);
  }
  return parts.join("");
}
function normalize_letter_version(letterIn, numberIn) {
  let letter = letterIn;
  let number = numberIn;
  if (letter) {
    if (!number) {
      number = 0;
    }
    letter = letter.toLowerCase();
    if (letter === "alpha") {
      letter = "a";
    } else if (letter === "beta") {
      letter = "b";
    } else if (["c", "pre", "preview"].includes(letter)) {
      letter = "rc";
    } else if (["rev", "r"].includes(letter)) {
      letter = "post";
    }
    return [letter, Number(number)];
  }
  if (!letter && number) {
    letter = "post";
    return [letter, Number(number)];
  }
  return null;
}
function parse_local_version(local) {
  if (local) {
    return local.split(/[._-]/).map(
      (part) => Number.isNaN(Number(part)) ? part.toLowerCase() : Number(part)
    );
  }
  return null;
}
function explain(version3) {
  const parsed = parse(version3);
  if (!parsed) {
    return parsed;
  }
  const { epoch, release, pre, post: post2, dev, local } = parsed;
  let base_version = "";
  if (epoch !== 0) {
    base_version += epoch + "!";
  }
  base_version += release.join(".");
  const is_prerelease = Boolean(dev || pre);
  const is_devrelease = Boolean(dev);
  const is_postrelease = Boolean(post2);
  return {
    epoch,
    release,
    pre,
    post: post2 ? post2[1] : post2,
    dev: dev ? dev[1] : dev,
    local: local ? local.join(".") : local,
    public: stringify(parsed).split("+", 1)[0],
    base_version,
    is_prerelease,
    is_devrelease,
    is_postrelease
  };
}
var VERSION_PATTERN, validRegex, cleanRegex;
var init_version = __esm({
  "node_modules/@renovatebot/pep440/lib/version.js"() {
    VERSION_PATTERN = [
      "v?",
      "(?:",
      /* */
      "(?:(?<epoch>[0-9]+)!)?",
      // epoch
      /* */
      "(?<release>[0-9]+(?:\\.[0-9]+)*)",
      // release segment
      /* */
      "(?<pre>",
      // pre-release
      /*    */
      "[-_\\.]?",
      /*    */
      "(?<pre_l>(a|b|c|rc|alpha|beta|pre|preview))",
      /*    */
      "[-_\\.]?",
      /*    */
      "(?<pre_n>[0-9]+)?",
      /* */
      ")?",
      /* */
      "(?<post>",
      // post release
      /*    */
      "(?:-(?<post_n1>[0-9]+))",
      /*    */
      "|",
      /*    */
      "(?:",
      /*        */
      "[-_\\.]?",
      /*        */
      "(?<post_l>post|rev|r)",
      /*        */
      "[-_\\.]?",
      /*        */
      "(?<post_n2>[0-9]+)?",
      /*    */
      ")",
      /* */
      ")?",
      /* */
      "(?<dev>",
      // dev release
      /*    */
      "[-_\\.]?",
      /*    */
      "(?<dev_l>dev)",
      /*    */
      "[-_\\.]?",
      /*    */
      "(?<dev_n>[0-9]+)?",
      /* */
      ")?",
      ")",
      "(?:\\+(?<local>[a-z0-9]+(?:[-_\\.][a-z0-9]+)*))?"
      // local version
    ].join("");
    validRegex = new RegExp("^" + VERSION_PATTERN + "$", "i");
    cleanRegex = new RegExp("^\\s*" + VERSION_PATTERN + "\\s*$", "i");
  }
});

// node_modules/@renovatebot/pep440/lib/operator.js
var operator_exports = {};
__export(operator_exports, {
  "!=": () => ne,
  "<": () => lt,
  "<=": () => le,
  "==": () => eq,
  "===": () => arbitrary,
  ">": () => gt,
  ">=": () => ge,
  compare: () => compare,
  eq: () => eq,
  ge: () => ge,
  gt: () => gt,
  le: () => le,
  lt: () => lt,
  ne: () => ne,
  rcompare: () => rcompare
});
function lt(version3, other) {
  return compare(version3, other) < 0;
}
function le(version3, other) {
  return compare(version3, other) <= 0;
}
function eq(version3, other) {
  return compare(version3, other) === 0;
}
function ne(version3, other) {
  return compare(version3, other) !== 0;
}
function ge(version3, other) {
  return compare(version3, other) >= 0;
}
function gt(version3, other) {
  return compare(version3, other) > 0;
}
function arbitrary(version3, other) {
  return version3.toLowerCase() === other.toLowerCase();
}
function compare(version3, other) {
  const parsedVersion = parse(version3);
  const parsedOther = parse(other);
  const keyVersion = calculateKey(parsedVersion);
  const keyOther = calculateKey(parsedOther);
  return pyCompare(keyVersion, keyOther);
}
function rcompare(version3, other) {
  return -compare(version3, other);
}
function pyCompare(elemIn, otherIn) {
  let elem = elemIn;
  let other = otherIn;
  if (elem === other) {
    return 0;
  }
  if (Array.isArray(elem) !== Array.isArray(other)) {
    elem = Array.isArray(elem) ? elem : [elem];
    other = Array.isArray(other) ? other : [other];
  }
  if (Array.isArray(elem)) {
    const len = Math.min(elem.length, other.length);
    for (let i = 0; i < len; i += 1) {
      const res = pyCompare(elem[i], other[i]);
      if (res !== 0) {
        return res;
      }
    }
    return elem.length - other.length;
  }
  if (elem === -Infinity || other === Infinity) {
    return -1;
  }
  if (elem === Infinity || other === -Infinity) {
    return 1;
  }
  return elem < other ? -1 : 1;
}
function calculateKey(input) {
  const { epoch } = input;
  let { release, pre, post: post2, local, dev } = input;
  release = release.concat();
  release.reverse();
  while (release.length && release[0] === 0) {
    release.shift();
  }
  release.reverse();
  if (!pre && !post2 && dev) pre = -Infinity;
  else if (!pre) pre = Infinity;
  if (!post2) post2 = -Infinity;
  if (!dev) dev = Infinity;
  if (!local) {
    local = -Infinity;
  } else {
    local = local.map(
      (i) => Number.isNaN(Number(i)) ? [-Infinity, i] : [Number(i), ""]
    );
  }
  return [epoch, release, pre, post2, dev, local];
}
var init_operator = __esm({
  "node_modules/@renovatebot/pep440/lib/operator.js"() {
    init_version();
  }
});

// node_modules/@renovatebot/pep440/lib/specifier.js
function parse2(ranges) {
  if (!ranges.trim()) {
    return [];
  }
  const specifiers = ranges.split(",").map((range) => rangeRegex.exec(range.trim()) || {}).map(({ groups }) => {
    if (!groups) {
      return null;
    }
    let { ...spec } = groups;
    const { operator, version: version3, prefix: prefix2, legacy } = groups;
    if (version3) {
      spec = { ...spec, ...explain(version3) };
      if (operator === "~=") {
        if (spec.release.length < 2) {
          return null;
        }
      }
      if (!isEqualityOperator(operator) && spec.local) {
        return null;
      }
      if (prefix2) {
        if (!isEqualityOperator(operator) || spec.dev || spec.local) {
          return null;
        }
      }
    }
    if (legacy && operator !== "===") {
      return null;
    }
    return spec;
  });
  if (specifiers.filter(Boolean).length !== specifiers.length) {
    return null;
  }
  return specifiers;
}
function pick(versions, specifier, options) {
  const parsed = parse2(specifier);
  if (!parsed) {
    return [];
  }
  return versions.filter((version3) => {
    const explained = explain(version3);
    if (!parsed.length) {
      return explained && !(explained.is_prerelease && !options.prereleases);
    }
    return parsed.reduce((pass, spec) => {
      if (!pass) {
        return false;
      }
      return contains({ ...spec, ...options }, { version: version3, explained });
    }, true);
  });
}
function satisfies(version3, specifier, options = {}) {
  const filtered = pick([version3], specifier, options);
  return filtered.length === 1;
}
function arrayStartsWith(array, prefix2) {
  if (prefix2.length > array.length) {
    return false;
  }
  for (let i = 0; i < prefix2.length; i += 1) {
    if (prefix2[i] !== array[i]) {
      return false;
    }
  }
  return true;
}
function contains(specifier, input) {
  const { explained } = input;
  let { version: version3 } = input;
  const { ...spec } = specifier;
  if (spec.prereleases === void 0) {
    spec.prereleases = spec.is_prerelease;
  }
  if (explained && explained.is_prerelease && !spec.prereleases) {
    return false;
  }
  if (spec.operator === "~=") {
    let compatiblePrefix = spec.release.slice(0, -1).concat("*").join(".");
    if (spec.epoch) {
      compatiblePrefix = spec.epoch + "!" + compatiblePrefix;
    }
    return satisfies(version3, `>=${spec.version}, ==${compatiblePrefix}`, {
      prereleases: spec.prereleases
    });
  }
  if (spec.prefix) {
    const isMatching = explained.epoch === spec.epoch && arrayStartsWith(explained.release, spec.release);
    const isEquality = spec.operator !== "!=";
    return isEquality ? isMatching : !isMatching;
  }
  if (explained && explained.local && spec.version) {
    if (spec.operator !== "===" && !spec.local) {
      version3 = explained.public;
      spec.version = explain(spec.version).public;
    }
  }
  if (spec.operator === "<" || spec.operator === ">") {
    if (eq(spec.release.join("."), explained.release.join("."))) {
      return false;
    }
  }
  const op = operator_exports[spec.operator];
  return op(version3, spec.version || spec.legacy);
}
var RANGE_PATTERN, isEqualityOperator, rangeRegex;
var init_specifier = __esm({
  "node_modules/@renovatebot/pep440/lib/specifier.js"() {
    init_version();
    init_operator();
    RANGE_PATTERN = [
      "(?<operator>(===|~=|==|!=|<=|>=|<|>))",
      "\\s*",
      "(",
      /*  */
      "(?<version>(?:" + VERSION_PATTERN.replace(/\?<\w+>/g, "?:") + "))",
      /*  */
      "(?<prefix>\\.\\*)?",
      /*  */
      "|",
      /*  */
      "(?<legacy>[^,;\\s)]+)",
      ")"
    ].join("");
    isEqualityOperator = (op) => ["==", "!=", "==="].includes(op);
    rangeRegex = new RegExp("^" + RANGE_PATTERN + "$", "i");
  }
});

// node_modules/@renovatebot/pep440/lib/semantic.js
var init_semantic = __esm({
  "node_modules/@renovatebot/pep440/lib/semantic.js"() {
    init_version();
  }
});

// node_modules/@renovatebot/pep440/index.js
var init_pep440 = __esm({
  "node_modules/@renovatebot/pep440/index.js"() {
    init_version();
    init_operator();
    init_specifier();
    init_semantic();
  }
});

// src/project/install/python-version.ts
function decodeText(bytes) {
  const [first, second] = bytes;
  if (first === 255 && second === 254) return new TextDecoder("utf-16le").decode(bytes);
  if (first === 254 && second === 255) return new TextDecoder("utf-16be").decode(bytes);
  return new TextDecoder().decode(bytes);
}
function entries(text2) {
  const lines = text2.split(/\r\n|\r|\n/).map((line, index) => ({ text: line.replace(/#.*/, "").trim(), line: index + 1 }));
  return lines.filter((line) => line.text !== "");
}
function readVersionFile(file, text2) {
  const said2 = entries(text2);
  for (const entry of said2) {
    const number = version.exec(entry.text)?.groups?.number;
    if (number) return { asked: { ...entry, file, version: number } };
  }
  const [first] = said2;
  if (first?.text === "system") return {};
  if (!first) return { remark: `${file} is empty. Write a version into it, for example 3.13.` };
  return { remark: `${file} says "${first.text}", which is no version of CPython. Write one, for example 3.13.` };
}
function misspellings(prefix2, names2) {
  return names2.flatMap((name) => {
    const meant = misspelled.get(bare(name));
    if (!meant || meant === name || names2.includes(meant)) return [];
    return [`${prefix2}${name} is read by no tool. Rename it to ${meant}.`];
  });
}
function fromPoetry(constraint) {
  return constraint.split("||").map(
    (alternative) => alternative.trim().split(/\s*,\s*|(?<=[\d*])\s+/).filter((part) => part !== "" && part !== "*").map(fromPoetryPart).join(",")
  );
}
function fromPoetryPart(part) {
  const [, operator = "", number = ""] = /^(\^|~(?!=))\s*([\d.]+)/.exec(part) ?? [];
  const [major2 = 0, minor2] = number.split(".").map(Number);
  if (operator === "^") return `>=${number},<${major2 + 1}`;
  if (operator === "~") return `>=${number},<${minor2 === void 0 ? major2 + 1 : `${major2}.${minor2 + 1}`}`;
  return /^\d+(\.\d+)?$/.test(part) ? `==${part}.*` : /^\d/.test(part) ? `==${part}` : part;
}
function requirementsOf({ path: path4, pyproject, text: text2 }) {
  const prefix2 = path4 === "." ? "" : `${path4}/`;
  const found = [];
  const file = `${prefix2}pyproject.toml`;
  const { requiresPython, poetryPython } = pyproject ?? {};
  if (requiresPython) found.push({ ...requiresPython, file, specifiers: [requiresPython.text] });
  else if (poetryPython) found.push({ ...poetryPython, file, specifiers: fromPoetry(poetryPython.text) });
  const locked = pipfilePython(text2("Pipfile.lock"));
  if (locked) found.push({ ...locked, file: `${prefix2}Pipfile.lock`, specifiers: fromPoetry(locked.text) });
  return found;
}
function pipfilePython(lock) {
  const found = /"python_(?:full_)?version":\s*"([\d.]+)"/.exec(lock ?? "");
  return found?.[1] ? { text: found[1], line: lock?.slice(0, found.index).split("\n").length ?? 1 } : void 0;
}
function readPythonWish(folders) {
  let asked;
  let required = [];
  const remarks = [];
  for (const folder of folders) {
    const prefix2 = folder.path === "." ? "" : `${folder.path}/`;
    for (const name of [".python-version", "runtime.txt"]) {
      const text2 = folder.text(name);
      if (text2 === void 0 || asked) continue;
      const read2 = readVersionFile(`${prefix2}${name}`, text2);
      asked = read2.asked;
      if (read2.remark) remarks.push(read2.remark);
    }
    remarks.push(...misspellings(prefix2, folder.names));
    if (required.length === 0) required = requirementsOf(folder);
  }
  return { asked, required, remarks };
}
function suggest({ asked, required }) {
  const fits = (minor2) => required.every((one) => meets(one, `${minor2}.99`));
  const first = asked?.version.includes(".") ? minorOf(asked.version) : void 0;
  return (first && fits(first) ? first : available.find(fits)) ?? "3.13";
}
var version, misspelled, bare, minorOf, isAsked, meets, isUnreadable, available, setupPython, takePython, suggestFor;
var init_python_version = __esm({
  "src/project/install/python-version.ts"() {
    "use strict";
    init_pep440();
    version = /^(?:c?python[-@ ]?|v)?(?<number>\d+(?:\.\d+){0,2})(?:\.[x*])?(?:(?:a|b|rc)\d+)?(?:t|\+freethreaded)?(?:-dev)?$/i;
    misspelled = new Map([
      ...["pythonversion", "pythonversions", "pythonversiontxt", "pyhtonversion", "phytonversion", "pythonverison"].map(
        (name) => [name, ".python-version"]
      ),
      ...["runtimetxt", "runtimetext", "runtimestxt"].map((name) => [name, "runtime.txt"])
    ]);
    bare = (name) => name.toLowerCase().replace(/[^a-z]/g, "");
    minorOf = (number) => number.split(".").slice(0, 2).join(".");
    isAsked = (asked, found) => asked.version.includes(".") ? minorOf(found) === minorOf(asked.version) : found.startsWith(`${asked.version}.`);
    meets = (required, found) => required.specifiers.some((one) => isUnreadable(one) || satisfies(found, one, { prereleases: true }));
    isUnreadable = (specifier) => !specifier.split(",").every((part) => /^\s*(===|~=|==|!=|<=|>=|<|>)\s*[\w.*+!]+\s*$/.test(part) || part.trim() === "");
    available = ["3.9", "3.10", "3.11", "3.12", "3.13", "3.14"];
    setupPython = (version3) => ["- uses: actions/setup-python", "  with:", `    python-version: "${version3}"`].map((line) => `  ${line}`).join("\n");
    takePython = (version3) => `Set python-version: "${version3}" of actions/setup-python in a step before this one:
${setupPython(version3)}`;
    suggestFor = (specifier) => suggest({
      asked: void 0,
      required: [{ text: specifier, line: 0, file: "", specifiers: [specifier] }],
      remarks: []
    });
  }
});

// src/project/install/system-packages.ts
function adviseSystemPackage(text2) {
  const found = known.find(({ when }) => when.test(text2));
  if (found) {
    const or = found.instead ? `; or ${found.instead}` : "";
    return `A library or program of the system is missing. ${inStep(found.packages)}${or}. The host needs it, too.`;
  }
  const library = unknownLibrary.exec(text2)?.[1];
  if (!library) return void 0;
  return `The system has no ${library}. Find its package with "apt-file search ${library}". ${inStep("<package>")}. The host needs it, too.`;
}
var weasyprint, known, unknownLibrary, inStep, adviseHeader;
var init_system_packages = __esm({
  "src/project/install/system-packages.ts"() {
    "use strict";
    weasyprint = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0";
    known = [
      {
        when: /pg_config|libpq-fe\.h/,
        packages: "libpq-dev",
        instead: "take psycopg[binary] (psycopg2-binary), which is not built here"
      },
      {
        when: /valid pkg-config name|mysql_config|mysql\.h\b|mysqlclient\.pc/,
        packages: "default-libmysqlclient-dev pkg-config"
      },
      { when: /\bgdal-config\b|gdal\.h\b/, packages: "libgdal-dev gdal-bin" },
      { when: /Could not find the GDAL library|libgdal\.so/i, packages: "gdal-bin libgdal-dev" },
      { when: /Could not find the GEOS library|libgeos_c\.so/i, packages: "libgeos-dev" },
      { when: /libproj\.so|proj_api\.h|proj\.h\b/i, packages: "libproj-dev proj-bin" },
      { when: /SpatiaLite|mod_spatialite/i, packages: "libsqlite3-mod-spatialite" },
      { when: /failed to find libmagic|libmagic\.so|magic\.h\b/i, packages: "libmagic1" },
      {
        when: /libgobject-2|libpango|WeasyPrint could not import some external libraries|libharfbuzz|libfontconfig/i,
        packages: weasyprint
      },
      { when: /cairo\.h\b|Dependency "cairo" not found|No package 'cairo' found/, packages: "libcairo2-dev pkg-config" },
      { when: /no library called "?'?(?:lib)?cairo|libcairo\.so/i, packages: "libcairo2" },
      {
        when: /No wkhtmltopdf executable|wkhtmltopdf: (?:command )?not found|wkhtmltopdf.*No such file/i,
        packages: "wkhtmltopdf"
      },
      {
        when: /libxml\/\w+\.h|libxslt\/\w+\.h|xml2-config|xslt-config|libxml2 and libxslt development/i,
        packages: "libxml2-dev libxslt1-dev"
      },
      {
        when: /libxmlsec1|xmlsec1?\.h\b|xmlsec1 .*not found|Unable to find xmlsec1/i,
        packages: "libxmlsec1-dev libxmlsec1-openssl xmlsec1 pkg-config"
      },
      { when: /libxml2\.so/i, packages: "libxml2" },
      { when: /libxslt\.so|libexslt\.so/i, packages: "libxslt1.1" },
      { when: /lber\.h|ldap\.h|libldap|sasl\.h/i, packages: "libldap2-dev libsasl2-dev" },
      { when: /krb5-config|gssapi\.h|gssapi\/\w+\.h/i, packages: "libkrb5-dev" },
      { when: /sqlfront\.h|sybdb\.h/, packages: "freetds-dev" },
      { when: /libodbc\.so|sql\.h\b|sqlext\.h\b/, packages: "unixodbc-dev" },
      { when: /libpq\.so/i, packages: "libpq5" },
      { when: /libmysqlclient\.so|libmariadb\.so/i, packages: "default-libmysqlclient-dev" },
      { when: /ffi\.h\b|libffi\.so/i, packages: "libffi-dev" },
      { when: /openssl\/\w+\.h/i, packages: "libssl-dev" },
      { when: /jpeglib\.h|headers or library files could not be found for jpeg/i, packages: "libjpeg-dev" },
      { when: /headers or library files could not be found for zlib|zlib\.h\b/i, packages: "zlib1g-dev" },
      { when: /libGL\.so/, packages: "libgl1", instead: "take opencv-python-headless in place of opencv-python" },
      { when: /libgthread-2|libglib-2/i, packages: "libglib2.0-0" },
      { when: /libgomp\.so/i, packages: "libgomp1" },
      { when: /libsndfile/i, packages: "libsndfile1" },
      { when: /libvips/i, packages: "libvips42" },
      { when: /MagickWand shared library not found|libMagickWand/i, packages: "libmagickwand-dev" },
      { when: /libzbar|zbar shared library/i, packages: "libzbar0" },
      { when: /libenchant|enchant.*C library was not found/i, packages: "libenchant-2-2" },
      { when: /snappy-c\.h|libsnappy/i, packages: "libsnappy-dev" },
      { when: /libmemcached\/\w+\.h|libmemcached/i, packages: "libmemcached-dev" },
      { when: /portaudio\.h/i, packages: "portaudio19-dev" },
      { when: /Can't find (?:msgfmt|xgettext|msguniq|msgmerge)|msgfmt: (?:command )?not found/, packages: "gettext" },
      { when: /tesseract is not installed/i, packages: "tesseract-ocr" },
      { when: /Unable to get page count\. Is poppler installed|pdftoppm/i, packages: "poppler-utils" },
      { when: /(?:ffmpeg|ffprobe)(?:: (?:command )?not found|.*No such file)/i, packages: "ffmpeg" },
      { when: /Python\.h: No such file/, packages: "python3-dev" },
      {
        when: /command '\S*(?:gcc|cc|g\+\+|clang)' failed: No such file|error: linker `cc` not found/,
        packages: "build-essential"
      }
    ];
    unknownLibrary = /\b(lib[\w.+-]+\.so(?:\.\d+)*): cannot open shared object file/;
    inStep = (packages) => `Add a step before this one: "run: sudo apt-get update && sudo apt-get install --yes ${packages}"`;
    adviseHeader = (header) => `A package is built here, and the header ${header} is missing. Find its package with "apt-file search ${header}". ${inStep("<package>")}`;
  }
});

// src/project/django/django-failures.ts
function remedyOf(failure) {
  const remedies3 = isOfStaticFiles(failure) ? [...collectRemedies, ...startRemedies] : startRemedies;
  const remedy = remedies3.find(({ when }) => when(failure));
  return remedy?.hint(failure) ?? "The traceback stands in the log of the build.";
}
function describeFailure(failure) {
  const what = {
    links: "The static files could not be listed",
    collect: "collectstatic failed",
    other: "Django did not start with the project's settings"
  };
  const { step, type, message, import_error: imported } = failure;
  const cause = imported && !message.includes(imported.message) ? ` (${withoutFolders(imported.message)})` : "";
  const began = failure.cause ? `, because of ${failure.cause.type}: ${shorten(failure.cause.message, longestMessage2)}` : "";
  const text2 = `${type}: ${shorten(message, longestMessage2)}${cause || began}`;
  return `${what[step === "links" || step === "collect" ? step : "other"]}: ${text2}`;
}
var goneAfter, topLevel, lastPythonWith, missingModule, withoutFolders, askedVariable, folderOf2, drivers, textOf, missingPath, startRemedies, collectRemedies, giveDatabase, longestMessage2, isFatal, isOfStaticFiles;
var init_django_failures = __esm({
  "src/project/django/django-failures.ts"() {
    "use strict";
    init_text();
    init_python_version();
    init_system_packages();
    goneAfter = {
      "3.11": "asynchat asyncore distutils imp smtpd",
      "3.12": "aifc audioop cgi cgitb chunk crypt imghdr lib2to3 mailcap msilib nis nntplib ossaudiodev pipes sndhdr spwd sunau telnetlib uu xdrlib"
    };
    topLevel = (module2) => module2.split(".")[0] ?? module2;
    lastPythonWith = (module2) => Object.entries(goneAfter).find(([, modules]) => modules.split(" ").includes(topLevel(module2)))?.[0];
    missingModule = (failure) => failure?.import_error && /^No module named /.test(failure.import_error.message) ? failure.import_error.module : void 0;
    withoutFolders = (text2) => text2.replace(/\S*[\\/]site-packages[\\/]/g, "");
    askedVariable = /\b([A-Z][A-Z0-9]*_[A-Z0-9_]+) environment variable\b/;
    folderOf2 = (path4) => path4.slice(0, Math.max(path4.lastIndexOf("/"), 0)) || path4;
    drivers = /psycopg|mysqlclient|MySQLdb|oracledb|cx_Oracle/;
    textOf = ({ message, cause, import_error: imported }) => [message, cause?.message, imported?.message].filter(Boolean).join("\n");
    missingPath = (failure) => /(?:No such file or directory|does not exist|is not a directory|unable to open database file)[^'"]*['"]([^'"]+)['"]/i.exec(
      textOf(failure)
    )?.[1];
    startRemedies = [
      {
        when: (failure) => adviseSystemPackage(textOf(failure)) !== void 0,
        hint: (failure) => adviseSystemPackage(textOf(failure)) ?? ""
      },
      {
        when: ({ type, cause }) => type === "PackageNotFoundError" || cause?.type === "PackageNotFoundError",
        hint: () => "The settings ask for the version of a package that is not installed. If it is the project itself, install it, too: install: pip install . (with a lock file for example: uv sync --locked && uv pip install --no-deps .)"
      },
      {
        when: ({ type }) => type === "SyntaxError" || type === "IndentationError" || type === "TabError",
        hint: () => "This Python cannot read the file. If it is written for a newer one, take that: python-version of actions/setup-python, and requires-python in pyproject.toml. Else fix the line."
      },
      {
        when: (failure) => /unable to open database file/.test(textOf(failure)),
        hint: () => "SQLite cannot make its file, most likely because git does not have the folder. Make it first, for example build-command: mkdir -p data"
      },
      {
        when: (failure) => /[\\/][^\\/]+\.log$|[\\/]logs?[\\/]?$/.test(missingPath(failure) ?? ""),
        hint: (failure) => `The folder of the log file ${missingPath(failure)} is not there. Make it first: build-command: mkdir -p ${folderOf2(missingPath(failure) ?? "")}; or log to the console, as hosts expect it.`
      },
      {
        when: (failure) => missingModule(failure) === "django",
        hint: () => "Django is not among the installed dependencies. Add it to requirements.txt (or pyproject.toml), or fix the input install."
      },
      {
        when: ({ message, import_error: error2 }) => drivers.test(message) && (!error2 || /^No module named /.test(error2.message)),
        hint: () => "The database driver is missing. Add it to the dependencies, for example psycopg[binary] or mysqlclient. Where a variable of the host names a database of another kind, give the build one of that kind by the input env, for example DATABASE_URL=postgres://localhost/build"
      },
      {
        when: ({ message }) => askedVariable.test(message),
        hint: ({ message }) => `Add a line to the input env, for example ${askedVariable.exec(message)?.[1]}=…`
      },
      {
        when: (failure) => lastPythonWith(missingModule(failure) ?? "") !== void 0,
        hint: (failure) => {
          const module2 = missingModule(failure) ?? "";
          const version3 = lastPythonWith(module2) ?? "";
          return `Python ${version3} is the last that has the module "${topLevel(module2)}". Take newer versions of the packages, which do without it. Until then: ${takePython(version3)}`;
        }
      },
      {
        when: (failure) => topLevel(missingModule(failure) ?? "") === "pkg_resources",
        hint: () => 'pkg_resources is a part of older setuptools. Add "setuptools<81" to the dependencies.'
      },
      {
        when: (failure) => missingModule(failure) !== void 0,
        hint: (failure) => `The module "${missingModule(failure)}" is missing. Add its package to the dependencies, or name other settings by settings-module. A package that only developers install is not there; a file that is not committed can be made in build-command.`
      },
      {
        when: ({ import_error: error2 }) => /[\\/]site-packages[\\/].*\.(so|pyd|dylib)\b/.test(error2?.message ?? ""),
        hint: ({ import_error: error2 }) => `The package "${withoutFolders(error2?.message ?? "").split(/[\\/]/)[0]}" is installed and does not load: it is too old for this Python, or a library of the system is missing. Take a newer version of it, or set an older python-version of actions/setup-python.`
      },
      {
        when: ({ type, import_error: error2 }) => type === "ImportError" || error2 !== null,
        hint: () => "A package is there and does not have this name: it is too old or too new for this code. Pin the version that works."
      },
      {
        when: ({ message }) => /DJANGO_SETTINGS_MODULE/.test(message),
        hint: () => "Set the input settings-module, for example settings-module: mysite.settings.production"
      },
      {
        when: ({ type, message }) => type === "KeyError" && /^'[A-Z][A-Z0-9_]*'$/.test(message),
        hint: ({ message }) => `If this is an environment variable, add a line to the input env, for example ${message.slice(1, -1)}=…`
      },
      {
        when: ({ database }) => database,
        hint: () => `Django asks the database while it starts. ${giveDatabase}`
      },
      {
        when: ({ type }) => type === "SystemExit",
        hint: () => "manage.py or the settings ended the process. What they printed stands in the log of the build."
      },
      {
        when: ({ type }) => type === "ImproperlyConfigured" || type === "FileNotFoundError",
        hint: () => "Where a file is missing that only the host has, make one in build-command, for example build-command: cp config.example.py config.py. Where a value is, give its variable by the input env."
      }
    ];
    collectRemedies = [
      {
        when: ({ message }) => /could not be found with/.test(message),
        hint: () => "A CSS or JavaScript file names a file that is not there. Fix the url() or the sourceMappingURL, or add the file."
      },
      {
        when: ({ message }) => /\bnode_modules\b/.test(message),
        hint: () => "What npm installs is not there. Set build-command: npm ci && npm run build, and add actions/setup-node as a step before this one."
      },
      {
        when: ({ message }) => /Unknown command: 'collectstatic'/.test(message),
        hint: () => 'Add "django.contrib.staticfiles" to INSTALLED_APPS.'
      }
    ];
    giveDatabase = "Give it one by the input env, for example DATABASE_URL=sqlite://:memory:, or a service container of the job.";
    longestMessage2 = 600;
    isFatal = ({ step }) => ["start", "probe", "links", "collect"].includes(step);
    isOfStaticFiles = ({ step }) => step === "links" || step === "collect";
  }
});

// src/project/django/placeholders.ts
function placeholder2(name) {
  if (/(DATABASE|DB)_(URL|URI|DSN)$/i.test(name)) return "sqlite://:memory:";
  if (/(URL|URI|ORIGIN|ENDPOINT)S?$/i.test(name)) return "https://placeholder.invalid";
  return "1";
}
var secretWord, secretName, isSecretName;
var init_placeholders = __esm({
  "src/project/django/placeholders.ts"() {
    "use strict";
    secretWord = "(?:SECRET|KEY|TOKEN|PASSWORD|PASSWD|PASSPHRASE|PASS|PWD|SALT|PEPPER|CREDENTIAL)S?";
    secretName = new RegExp(`(?:^|_|API|AUTH|ACCESS|SECRET|DB|PG)${secretWord}(?:_ID|_?\\d+)?$`, "i");
    isSecretName = (name) => secretName.test(name);
  }
});

// src/project/django/django.ts
function fill2(gaps, outcome) {
  const known2 = Object.keys(gaps.values).length;
  for (const { variables: variables5, frames } of outcome.failures) {
    const last = frames.at(-1);
    for (const name of variables5) {
      if (name in gaps.values) continue;
      if (isSecretName(name)) {
        gaps.values[name] = throwAwayValue();
        gaps.madeUp.push(name);
      } else {
        gaps.values[name] = placeholder2(name);
        gaps.needed.push({ name, file: last?.file ?? null, line: last?.line ?? null });
        gaps.failed ??= outcome;
      }
    }
  }
  return Object.keys(gaps.values).length > known2;
}
async function runDjango(io, steps3, python, request) {
  for (const [path4, text2] of Object.entries(steps3)) {
    const file = (0, import_node_path21.join)(request.scratch, path4);
    await (0, import_promises14.mkdir)((0, import_node_path21.dirname)(file), { recursive: true });
    await (0, import_promises14.writeFile)(file, text2);
  }
  await (0, import_promises14.writeFile)((0, import_node_path21.join)(request.scratch, "tracked"), (request.tracked ?? []).join("\0"));
  const gaps = { values: {}, madeUp: [], needed: [], failed: void 0 };
  for (let starts = 1; ; starts++) {
    const filled = { ...python, env: { ...python.env, ...gaps.values } };
    const looking = gaps.failed !== void 0;
    const outcome = await startOnce(io, filled, request, looking).catch((error2) => {
      if (looking && error2 instanceof DeployError) return void 0;
      throw error2;
    });
    if (outcome && starts < mostStarts && fill2(gaps, outcome)) {
      io.show(fillingNote(gaps));
      continue;
    }
    const { failed, needed, madeUp } = gaps;
    if (failed) {
      const { failures: failures2 } = failed;
      const settings = outcome?.project ? { project: outcome.project } : {};
      return { outcome: { ...settings, failures: failures2, throw_away: madeUp, needed }, python: filled };
    }
    if (!outcome) throw new DeployError("INTERNAL", "Django left no outcome.");
    return { outcome: { ...outcome, throw_away: [...madeUp, ...outcome.throw_away ?? []] }, python: filled };
  }
}
async function startOnce(io, python, request, onlyStart) {
  const asked = (0, import_node_path21.join)(request.scratch, "request.json");
  const answered = (0, import_node_path21.join)(request.scratch, "outcome.json");
  await (0, import_promises14.writeFile)(answered, "");
  await (0, import_promises14.writeFile)(
    asked,
    JSON.stringify({
      manage_py: request.managePy,
      project_root: request.projectRoot,
      workspace: request.workspace,
      tracked: (0, import_node_path21.join)(request.scratch, "tracked"),
      static_root: (0, import_node_path21.join)(request.scratch, "static"),
      outcome: answered,
      checks: request.checks,
      migrations: request.migrations,
      only_start: onlyStart
    })
  );
  const env = { PYTHONHASHSEED: "0", ...python.env };
  const args = [(0, import_node_path21.join)(request.scratch, "django_steps.py"), asked];
  const exit = await io.exec({ program: python.program, args, cwd: request.projectRoot, env }, io.show, io.signal);
  const outcome = readOutcome(await (0, import_promises14.readFile)(answered, "utf8").catch(() => ""));
  if (outcome && (outcome.finished || outcome.failures.some(isFatal))) return outcome;
  if (outcome?.project) {
    throw new DeployError(
      "DJANGO_FAILED",
      `Django ended with exit code ${exit} in the middle of its checks and collectstatic.`,
      {
        hint: exit === 137 ? "The system ended it: it ran out of memory." : "What it printed stands above."
      }
    );
  }
  throw new DeployError("DJANGO_FAILED", `manage.py ended with exit code ${exit} before Django ran a command.`, {
    hint: "manage.py has to call execute_from_command_line(sys.argv). What it printed stands above."
  });
}
var import_node_crypto16, import_promises14, import_node_path21, mostStarts, throwAwayValue, fillingNote;
var init_django = __esm({
  "src/project/django/django.ts"() {
    "use strict";
    import_node_crypto16 = require("node:crypto");
    import_promises14 = require("node:fs/promises");
    import_node_path21 = require("node:path");
    init_errors();
    init_django_failures();
    init_outcome_reader();
    init_placeholders();
    mostStarts = 25;
    throwAwayValue = () => `${(0, import_node_crypto16.randomBytes)(32).toString("base64url")}=${(0, import_node_crypto16.randomBytes)(24).toString("base64url")}`;
    fillingNote = ({ values }) => Buffer.from(`Django is started again, because these variables are not set: ${Object.keys(values).join(", ")}
`);
  }
});

// src/project/install/optional-packages.ts
function brings(packageName2, module2) {
  const top = module2.split(".")[0] ?? module2;
  if (packagesOf[top]) return packagesOf[top].includes(packageName2);
  const bare2 = top.toLowerCase().replace(/_+/g, "-");
  return ["", "django-", "python-", "py"].some((prefix2) => packageName2 === prefix2 + bare2);
}
function whereItIs(module2, sets) {
  const set = sets.find(({ packages }) => packages.some((one) => brings(one, module2)));
  const found = set?.packages.find((one) => brings(one, module2));
  if (!set || !found) return void 0;
  if (set.kind === "file")
    return `The package ${found} stands in ${set.name}, which is not installed. Add it to what production installs, or set install: pip install -r ${set.name}`;
  return `The package ${found} stands in the ${set.kind} "${set.name}" of pyproject.toml, which is not installed. Move it to the dependencies, call the ${set.kind} "production", or name it in install, for example install: uv sync --locked --${set.kind} ${set.name}`;
}
var packageName, packagesOf;
var init_optional_packages = __esm({
  "src/project/install/optional-packages.ts"() {
    "use strict";
    packageName = (requirement) => (/^[\w.-]+/.exec(requirement.trim())?.[0] ?? "").toLowerCase().replace(/[-_.]+/g, "-");
    packagesOf = {
      rest_framework: ["djangorestframework"],
      PIL: ["pillow"],
      yaml: ["pyyaml"],
      MySQLdb: ["mysqlclient"],
      bs4: ["beautifulsoup4"],
      jwt: ["pyjwt"],
      cv2: ["opencv-python", "opencv-python-headless"],
      magic: ["python-magic"],
      psycopg2: ["psycopg2", "psycopg2-binary"],
      corsheaders: ["django-cors-headers"],
      import_export: ["django-import-export"],
      django_filters: ["django-filter"],
      rosetta: ["django-rosetta"],
      sass_processor: ["django-sass-processor"],
      webpack_loader: ["django-webpack-loader"],
      widget_tweaks: ["django-widget-tweaks"]
    };
  }
});

// src/project/django/fatal-failure.ts
function neededError(needed, workspace, withheld) {
  const there = needed.filter(({ name }) => withheld.includes(name)).map(({ name }) => name);
  const inStep2 = there.length > 0 ? [`(env: of the step does not reach the build: ${there.join(", ")})`] : [];
  const [first] = needed;
  const place3 = placeIn(workspace, first?.file, first?.line);
  const names2 = plural(needed.length, "environment variable");
  const verb = needed.length === 1 ? "is" : "are";
  return new DeployError(
    "DJANGO_FAILED",
    `Django needs ${names2} that ${verb} not set: ${needed.map(({ name }) => name).join(", ")}${inBrackets(place3)}`,
    {
      hint: ["Add to the input env:", ...needed.map(({ name }) => `  ${name}=…`), ...inStep2].join("\n"),
      ...place3
    }
  );
}
function missingError(missing2, workspace) {
  const lines = missing2.map(({ name, file, line, url, target }) => {
    const path4 = (file && below(workspace, file)) ?? name;
    return `${path4}, line ${line}: ${url}${target && target !== url ? ` (${target})` : ""}`;
  });
  const [first] = missing2;
  const place3 = placeIn(workspace, first?.file, first?.line);
  return new DeployError(
    "COLLECT_FAILED",
    [`collectstatic failed: ${plural(missing2.length, "reference")} to files that are not there:`, list(lines)].join(
      "\n"
    ),
    {
      hint: "Fix each url(), import or sourceMappingURL, or add the file that it names.",
      ...place3
    }
  );
}
function failureError(failure, throwAway, workspace) {
  const last = failure.frames.at(-1);
  const place3 = placeIn(workspace, last?.file, last?.line);
  const collect = isOfStaticFiles(failure);
  const values = throwAway.length > 0 && !collect ? ` These are not set and have throw-away values: ${throwAway.join(", ")}. Where one has to have a certain form, give it by the input env.` : "";
  return new DeployError(
    collect ? "COLLECT_FAILED" : "DJANGO_FAILED",
    `${describeFailure(failure)}${inBrackets(place3)}`,
    {
      hint: `${remedyOf(failure)}${values}`,
      ...place3
    }
  );
}
function fatalFailure(outcome, workspace, surroundings = {}) {
  const error2 = failureOf(outcome, workspace, surroundings);
  const module2 = error2 && missingModule(outcome.failures.find(isFatal));
  const where2 = module2 && whereItIs(module2, surroundings.optional ?? []);
  const frontEnd = surroundings.findings?.find(({ id }) => id === "deploy.front-end");
  const hint2 = where2 ?? (error2?.code === "COLLECT_FAILED" && frontEnd ? frontEnd.message : void 0);
  if (!error2 || !hint2) return error2;
  return new DeployError(error2.code, error2.message, { hint: hint2, ...error2.at ? { at: error2.at } : {} });
}
function failureOf(outcome, workspace, { withheld = [] }) {
  const { needed = [], escaping, missing: missing2, failures: failures2, throw_away: throwAway = [] } = outcome;
  if (needed.length > 0) return neededError(needed, workspace, withheld);
  if (escaping && escaping.length > 0) {
    const links = escaping.map(({ file, target }) => `${below(workspace, file) ?? file} → ${target}`);
    return new DeployError(
      "FILES_REFUSED",
      ["Static files are links that lead out of their folder:", list(links)].join("\n"),
      {
        hint: "collectstatic would copy what they point to into the public folder. Replace the links by files."
      }
    );
  }
  const failure = failures2.find(isFatal);
  if (failure?.step === "collect" && missing2 && missing2.length > 0) return missingError(missing2, workspace);
  return failure && failureError(failure, throwAway, workspace);
}
var mostLines2, inBrackets, list;
var init_fatal_failure = __esm({
  "src/project/django/fatal-failure.ts"() {
    "use strict";
    init_errors();
    init_paths();
    init_text();
    init_place();
    init_optional_packages();
    init_django_failures();
    mostLines2 = 10;
    inBrackets = ({ at: at2 }) => at2 ? ` (${at2.file}, line ${at2.line})` : "";
    list = (lines) => listSome(
      lines.map((line) => `  ${line}`),
      mostLines2,
      "\n"
    );
  }
});

// src/lib/tail.ts
var longestRest, Tail;
var init_tail = __esm({
  "src/lib/tail.ts"() {
    "use strict";
    longestRest = 2e3;
    Tail = class {
      #most;
      #longest;
      #decoder = new TextDecoder();
      #lines = [];
      #redactor;
      #open = "";
      constructor(most, redactor, longest2 = 300) {
        this.#most = most;
        this.#longest = longest2;
        this.#redactor = redactor;
      }
      push(chunk) {
        const parts = (this.#open + this.#decoder.decode(chunk, { stream: true })).split(/\r\n|\r|\n/);
        this.#open = (parts.pop() ?? "").slice(0, this.#longest + longestRest);
        for (const part of parts) {
          if (part.trim() !== "") this.#lines.push(this.#cut(part));
        }
        this.#lines.splice(0, this.#lines.length - this.#most);
      }
      lines() {
        return [...this.#lines, ...this.#open.trim() === "" ? [] : [this.#cut(this.#open)]].slice(-this.#most);
      }
      #cut(line) {
        if (line.length <= this.#longest) return this.#redactor.whole(line);
        return this.#redactor.start(line.slice(0, this.#longest));
      }
    };
  }
});

// src/project/checkout/shell.ts
function shell(commandLine, cwd, env) {
  return { program: "bash", args: ["--noprofile", "--norc", "-eo", "pipefail", "-c", commandLine], cwd, env };
}
async function run2(io, what, command, code2, advise) {
  const tail = new Tail(kept.lines, io.redactor, kept.characters);
  const exit = await io.exec(
    command,
    (chunk) => {
      tail.push(chunk);
      io.show(chunk);
    },
    io.signal
  );
  if (exit === 0) return;
  const all = tail.lines();
  const { lines, hint: hint2 } = typeof advise === "string" ? { lines: all, hint: advise } : advise(all);
  const shown = lines.slice(-mostLines3).map((line) => `  ${shorten(line, longestLine2)}`);
  throw new DeployError(code2, [`${what} failed with exit code ${exit}. Its last lines:`, ...shown].join("\n"), {
    hint: hint2
  });
}
async function capture(io, command) {
  const chunks = [];
  const keep = (chunk, stream) => {
    if (stream === "stdout") chunks.push(chunk);
  };
  try {
    const exit = await io.exec(command, keep, io.signal);
    return exit === 0 ? Buffer.concat(chunks) : void 0;
  } catch (error2) {
    if (io.signal.aborted) throw error2;
    return void 0;
  }
}
var kept, mostLines3, longestLine2;
var init_shell = __esm({
  "src/project/checkout/shell.ts"() {
    "use strict";
    init_errors();
    init_tail();
    init_text();
    kept = { lines: 200, characters: 2e4 };
    mostLines3 = 15;
    longestLine2 = 300;
  }
});

// src/project/command-advice.ts
var setupNode, remedies, withoutWarnings, adviseHook;
var init_command_advice = __esm({
  "src/project/command-advice.ts"() {
    "use strict";
    init_text();
    setupNode = (version3) => `Set node-version: ${version3} of actions/setup-node in a step before this one.`;
    remedies = [
      {
        when: /Required: \{[^}]*"node":"[^"\d]*(\d+)[^}]*\}|The engine "node" is incompatible.*Expected version "[^"\d]*(\d+)/,
        hint: (version3) => setupNode(`"${version3}"`)
      },
      {
        when: /npm error 404 +Not Found - GET \S+?\/((?:@|%40)?[\w.-]+(?:(?:\/|%2f)[\w.-]+)?)(?:\/-\/|\s)/i,
        hint: (name) => `npm's registry has no ${name}. Fix the name or the version; a private package needs its registry in .npmrc, and the token for it by the input env.`
      },
      {
        when: /\b(npm|npx|pnpm|yarn|corepack|node): (?:command )?not found/,
        hint: (program) => `There is no ${program} on this machine. Add a step "uses: actions/setup-node" before this one.`
      },
      {
        when: /\b([\w.-]+): (?:command )?not found/,
        hint: (program) => `There is no ${program} on this machine. Install it first, in build-command itself (npm ci && …) or in a step before this one.`
      },
      {
        when: /Missing script: "?([^"\s]+)/,
        hint: (script) => `package.json has no script "${shorten(script, 60)}". "npm run" lists those that it has.`
      },
      {
        when: /`npm ci` can only install|(npm ci).*package-lock\.json/,
        hint: () => 'package-lock.json is missing or out of date. Run "npm install" and commit it.'
      }
    ];
    withoutWarnings = (lines) => {
      const rest = lines.filter((line) => !/^npm (warn|notice)\b/i.test(line));
      return rest.length > 0 ? rest : lines;
    };
    adviseHook = (name) => (lines) => {
      const text2 = lines.join("\n");
      for (const { when, hint: hint2 } of remedies) {
        const found = when.exec(text2);
        if (found) return { lines: withoutWarnings(lines), hint: hint2(found.slice(1).find(Boolean) ?? "") };
      }
      return { lines: withoutWarnings(lines), hint: `Fix the input ${name}.` };
    };
  }
});

// src/project/hook.ts
async function hook2(name, commandLine, io, root, python, around = (work) => work()) {
  if (commandLine === void 0) return noChanges;
  const before = await takeSnapshot(root);
  const work = () => run2(io, name, shell(commandLine, root, python.env), "COMMAND_FAILED", adviseHook(name));
  await io.group(name, () => around(work));
  return changedBetween(before, await takeSnapshot(root));
}
var init_hook2 = __esm({
  "src/project/hook.ts"() {
    "use strict";
    init_contents();
    init_shell();
    init_command_advice();
  }
});

// src/project/checkout/build-environment.ts
function isAllowed(name) {
  const upper = name.toUpperCase();
  return !denied.test(upper) && (allowed.has(upper) || allowedPrefixes.some((prefix2) => upper.startsWith(prefix2)));
}
function buildEnvironment(environment, own) {
  const kept2 = {};
  for (const [name, value] of Object.entries(environment)) {
    if (value !== void 0 && isAllowed(name)) kept2[name] = value;
  }
  return {
    ...kept2,
    // Checks and collectstatic must leave no trace in the tree, and their lines must come as they are printed.
    PYTHONDONTWRITEBYTECODE: "1",
    PYTHONUNBUFFERED: "1",
    PYTHONUTF8: "1",
    // Sets of strings have another order in every process unless this says otherwise, and build commands write files.
    PYTHONHASHSEED: "0",
    ...own
  };
}
function credentialsIn(environment) {
  return Object.entries(environment).flatMap(
    ([name, value]) => credentialName.test(name) ? [value] : value.split(/\s+/).flatMap(userInfo)
  );
}
function userInfo(text2) {
  const [, info2] = /:\/\/(.+)@/.exec(text2) ?? [];
  if (info2 === void 0) return [];
  const secret = info2.slice(info2.indexOf(":") + 1);
  return [secret, safeDecode(secret)];
}
function withPythonPath(environment, folders) {
  if (folders.length === 0) return { ...environment };
  return { ...environment, PYTHONPATH: [...folders, environment.PYTHONPATH].filter(Boolean).join(import_node_path22.delimiter) };
}
function activate(environment, venv) {
  const { PYTHONHOME: _, ...rest } = environment;
  const name = Object.keys(rest).find((key) => key.toUpperCase() === "PATH") ?? "PATH";
  return { ...rest, VIRTUAL_ENV: venv, [name]: [scripts(venv), rest[name]].filter(Boolean).join(import_node_path22.delimiter) };
}
var import_node_path22, allowed, allowedPrefixes, denied, credentialName, scripts;
var init_build_environment = __esm({
  "src/project/checkout/build-environment.ts"() {
    "use strict";
    import_node_path22 = require("node:path");
    init_secret();
    allowed = /* @__PURE__ */ new Set([
      "PATH",
      "PATHEXT",
      "HOME",
      "USER",
      "LOGNAME",
      "SHELL",
      "TERM",
      "LANG",
      "LANGUAGE",
      "TZ",
      "TMPDIR",
      "TMP",
      "TEMP",
      "SYSTEMROOT",
      "SYSTEMDRIVE",
      "WINDIR",
      "COMSPEC",
      "APPDATA",
      "LOCALAPPDATA",
      "PROGRAMDATA",
      "PROGRAMFILES",
      "PROGRAMFILES(X86)",
      "USERPROFILE",
      "NUMBER_OF_PROCESSORS",
      "CI",
      "GITHUB_ACTIONS",
      // By it the runner finds and ends, with the job, what the build left running.
      "RUNNER_TRACKING_ID",
      "DJANGO_SETTINGS_MODULE",
      "DJANGO_CONFIGURATION",
      "PYTHONPATH",
      "PYTHONLOCATION",
      "PKG_CONFIG_PATH",
      "LD_LIBRARY_PATH",
      "DYLD_LIBRARY_PATH",
      "HTTP_PROXY",
      "HTTPS_PROXY",
      "NO_PROXY",
      "ALL_PROXY",
      "SSL_CERT_FILE",
      "SSL_CERT_DIR",
      "REQUESTS_CA_BUNDLE",
      "CURL_CA_BUNDLE",
      "GIT_SSL_CAINFO",
      "GIT_SSH",
      "GIT_SSH_COMMAND",
      "SSH_AUTH_SOCK",
      "NETRC",
      "NODE_EXTRA_CA_CERTS",
      "NODE_OPTIONS",
      "NODE_ENV",
      "BABEL_ENV",
      "BROWSERSLIST",
      "BROWSERSLIST_ENV",
      // The token of a private npm registry, by the name that actions/setup-node gives it.
      "NODE_AUTH_TOKEN",
      "CC",
      "CXX",
      "CFLAGS",
      "CPPFLAGS",
      "LDFLAGS"
    ]);
    allowedPrefixes = [
      "LC_",
      "PIP_",
      "UV_",
      "POETRY_",
      "PDM_",
      "PIPENV_",
      // Git's configuration by variables: how a job lets git dependencies in, by `insteadOf` or a header.
      "GIT_CONFIG_",
      "PYENV_",
      "PIXI_",
      "NPM_CONFIG_",
      "PNPM_",
      "YARN_",
      "COREPACK_",
      "BUN_",
      // Constants that bundlers write into what every visitor loads, so that there is no secret in them.
      "VITE_",
      "REACT_APP_",
      "VUE_APP_",
      "NEXT_PUBLIC_",
      "NUXT_PUBLIC_",
      "EXPO_PUBLIC_",
      "PUBLIC_",
      "GATSBY_",
      "STORYBOOK_",
      "PYTHON_ROOT_DIR",
      "PYTHON2_ROOT_DIR",
      "PYTHON3_ROOT_DIR"
    ];
    denied = /^(UV_PUBLISH_|PDM_PUBLISH_|POETRY_PYPI_TOKEN_)/;
    credentialName = /USERNAME|PASSWORD|TOKEN|SECRET|_AUTH$|API_?KEY/i;
    scripts = (venv) => (0, import_node_path22.join)(venv, process.platform === "win32" ? "Scripts" : "bin");
  }
});

// src/project/install/choose-installer.ts
function uvFolder(lock, nearer) {
  const member = nearer.find(({ pyproject }) => pyproject?.project);
  if (!member) return lock.path;
  return hasMember(lock.text("uv.lock") ?? "", below(lock.absolute, member.absolute) ?? ".") ? member.path : void 0;
}
function candidates(folder, nearer) {
  const { path: path4, names: names2, requirements, pyproject } = folder;
  const found = [];
  const add2 = (kind, name, runsIn = path4) => found.push({ kind, folder: runsIn, file: import_node_path23.posix.join(path4, name) });
  for (const [name, kind] of lockFiles) {
    if (!names2.includes(name)) continue;
    const runsIn = kind === "uv" ? uvFolder(folder, nearer) : path4;
    if (runsIn !== void 0) add2(kind, name, runsIn);
  }
  const production = productionFiles.find((name) => requirements.includes(name));
  if (production) add2("requirements", `requirements/${production}`);
  if (names2.includes("requirements.txt")) add2("requirements", "requirements.txt");
  if (found.length === 0 && pyproject?.dependencies) add2("project", "pyproject.toml");
  return found;
}
function chooseInstaller(folders) {
  const all = folders.flatMap((folder, at2) => candidates(folder, folders.slice(0, at2)));
  const [nearest] = all;
  const installer = nearest?.kind === "project" ? all.find(isLock) ?? nearest : nearest;
  const others2 = all.filter((one) => one !== installer && one.kind !== "project" && !one.file.startsWith("../"));
  return { installer, ignored: others2.map(({ file }) => file) };
}
function noInstaller(folders) {
  for (const folder of folders) {
    for (const { found, lacks: lacks2, hint: hint2 } of dead) {
      const name = found(folder);
      if (name === void 0) continue;
      const file = import_node_path23.posix.join(folder.path, folder.requirements.includes(name) ? `requirements/${name}` : name);
      return new DeployError("INSTALL_FAILED", `There is a ${file} and no ${lacks2}.`, { hint: hint2(file, folder) });
    }
  }
  return new DeployError(
    "INSTALL_FAILED",
    "There is no lock file, no requirements.txt and no pyproject.toml with dependencies beside manage.py or in the working directory.",
    {
      hint: "Set install to the command line that installs the dependencies, or to none where an earlier step has done so."
    }
  );
}
var import_node_path23, lockFiles, productionFiles, isLock, hasMember, dead, inFolder;
var init_choose_installer = __esm({
  "src/project/install/choose-installer.ts"() {
    "use strict";
    import_node_path23 = require("node:path");
    init_errors();
    init_paths();
    lockFiles = [
      ["uv.lock", "uv"],
      ["poetry.lock", "poetry"],
      ["pdm.lock", "pdm"],
      ["Pipfile.lock", "pipenv"],
      ["pixi.lock", "pixi"]
    ];
    productionFiles = ["production.txt", "prod.txt", "deploy.txt", "base.txt"];
    isLock = ({ kind }) => kind !== "requirements" && kind !== "project";
    hasMember = (lock, member) => [...lock.matchAll(/source = \{ (?:editable|virtual|directory) = "([^"]+)" \}/g)].some(([, path4]) => path4 === member);
    dead = [
      {
        found: ({ names: names2 }) => names2.find((name) => name === "Pipfile"),
        lacks: "Pipfile.lock",
        hint: () => 'Run "pipenv lock" and commit Pipfile.lock.'
      },
      {
        found: ({ pyproject }) => pyproject?.poetry ? "pyproject.toml" : void 0,
        lacks: "poetry.lock",
        hint: () => 'Run "poetry lock" and commit poetry.lock.'
      },
      {
        found: ({ names: names2 }) => names2.find((name) => name === "setup.py" || name === "setup.cfg"),
        lacks: "lock file or requirements.txt",
        hint: (_file, { path: path4 }) => `Set install to what installs it, for example install: pip install ${inFolder(path4)}`
      },
      {
        found: ({ requirements }) => requirements.find((name) => name.endsWith(".txt")),
        lacks: productionFiles.map((name) => `requirements/${name}`).join(", "),
        hint: (file) => `Set install to the file that production needs, for example install: pip install -r ${file}`
      }
    ];
    inFolder = (path4) => path4 === "." ? "." : `./${path4}`;
  }
});

// src/project/install/install-advice.ts
function ofIgnoredVersion([version3 = ""], text2) {
  const ignored = text2.split(/[;:] | (?=ERROR: )/).find((part) => part.startsWith(`${version3} Requires-Python `));
  return ignored && takePythonFor(ignored.split("Requires-Python ")[1] ?? "");
}
function worthShowing(all) {
  const start2 = all.findIndex(isStart);
  const lines = (start2 === -1 ? all.filter((line) => !progress.test(line)) : all.slice(start2)).filter((line) => !/^ERROR: Ignored the following/.test(line)).map((line) => line.replace(/ \(from versions: [^)]*\)/, ""));
  if (start2 === -1 || lines.length <= fromStart + fromEnd) return lines.length > 0 ? lines : [...all];
  return [...lines.slice(0, fromStart), "…", ...lines.slice(-fromEnd)];
}
var takePythonFor, addHash, notInIndex, unsatisfiable, buildFailed, remedies2, progress, isStart, fromStart, fromEnd, adviseInstall;
var init_install_advice = __esm({
  "src/project/install/install-advice.ts"() {
    "use strict";
    init_python_version();
    init_system_packages();
    takePythonFor = (specifier) => takePython(suggestFor(specifier));
    addHash = ([name = ""]) => `Where one requirement has a hash, each needs one. Add ${name} with its hashes to the file (uv pip compile --generate-hashes writes them all, pip-compile with --allow-unsafe too), or set: install: pip install ${name} && pip install -r <file>`;
    notInIndex = (what) => `The index has no ${what}. Fix the name or the version; a private package needs its index (docs/install.md, "Private indexes").`;
    unsatisfiable = /requirements are unsatisfiable|Cannot install .* conflicting dependencies|ResolutionImpossible/;
    buildFailed = /Failed to build `([^`]+)`|Failed building wheel for (\S+)|(?:Failed to build|Could not build wheels for) ([\w.-]+)/;
    remedies2 = [
      {
        when: /(?:Could not resolve host(?:name)?:? |dns error|error resolving DNS|Temporary failure in name resolution|Name or service not known)/i,
        hint: (_, text2) => {
          const host = /resolve host(?:name)?:? ([\w.-]+\w)/i.exec(text2)?.[1] ?? /url \(https?:\/\/([\w.-]+)/.exec(text2)?.[1];
          return `${host ?? "A host"} is not reached from this machine. Run the job again; where it stays so, look at the machine's network, or take what comes from there out of the dependencies.`;
        }
      },
      {
        when: /Permission denied \(publickey|could not read Username|Authentication failed for|Could not read from remote repository/,
        hint: () => 'A dependency lies in a private git repository. Give access in a step before this one, by an SSH agent or by git config url.<…>.insteadOf (docs/install.md, "Private indexes and git dependencies").'
      },
      {
        when: /\b40[13] (?:Unauthorized|Forbidden|Client Error)/,
        hint: () => 'An index refuses the credentials, or has none. Which names the tool reads them by: docs/install.md, "Private indexes".'
      },
      {
        when: /does not satisfy Python ?([<>=!~][^\s,]*(?:,\s?[<>=!~][^\s,]*)*)/,
        hint: ([specifier = ""]) => takePythonFor(specifier)
      },
      {
        when: /requires a different Python: [\w.]+ not in '([^']+)'/,
        hint: ([specifier = ""]) => takePythonFor(specifier)
      },
      {
        when: /satisfies the requirement (\S+?==([\w.]+))/,
        hint: ([requirement = "", version3 = ""], text2) => ofIgnoredVersion([version3], text2) ?? notInIndex(requirement)
      },
      { when: /Could not find a version that satisfies the requirement (\S+)/, hint: ([name = ""]) => notInIndex(name) },
      {
        when: /available on a subsequent index/,
        hint: () => "The package is in several indexes, and uv takes the first that has it. Set UV_INDEX_STRATEGY: unsafe-best-match in env of the step to look into all."
      },
      { when: /Because ([\w.-]+) was not found in/, hint: ([name = ""]) => notInIndex(name) },
      { when: /there is no version of ([^,]{1,100}?),? and /, hint: ([name = ""]) => notInIndex(name) },
      { when: /no hashes were provided for `([\w.-]+)/, hint: addHash },
      { when: /must have a hash, but none were provided for: ([\w.-]+)/, hint: addHash },
      { when: /pinned with `?==`?, but found: ([\w.-]+)/, hint: addHash },
      { when: /pinned with ==\. These do not: ([\w.-]+)/, hint: addHash },
      {
        when: /Hash mismatch for|DO NOT MATCH THE HASHES/,
        hint: () => "The index gave another file than the one that the hash is of. Find out who changed it before you write the new hash into the file."
      },
      {
        when: /(?:failed to read from file `|Could not open requirements file: .*')([^`']+)['`]/,
        hint: ([file = ""]) => `There is no ${file.split("/").at(-1)} in the checkout. Commit it, or take out the line that names it.`
      },
      {
        when: /fatal error: (\S+\.h\w*): No such file/,
        hint: ([header = ""], text2) => adviseSystemPackage(text2) ?? adviseHeader(header)
      },
      {
        when: buildFailed,
        hint: (names2) => `No wheel of ${names2.find(Boolean) ?? "it"} fits this Python, and it could not be built. Take a version of it that has one, or an older Python by python-version of actions/setup-python.`
      },
      {
        when: unsatisfiable,
        hint: () => "Two requirements exclude each other, as the lines above say. Loosen one of them."
      },
      {
        when: /No space left on device/i,
        hint: () => "The disk of the machine is full. Free some in a step before this one."
      }
    ];
    progress = /^\s*(?:Downloading|Downloaded|Building|Built|Prepared|Resolved|Updating|Updated|Using (?:CPython|Python|cached)|Creating virtual|Collecting|Looking in|Obtaining|Preparing metadata|Getting requirements|Installing build|Requirement already|Ignoring |\[notice\]|[━╸╺ ]+\d)/;
    isStart = (line) => /^error: /.test(line);
    fromStart = 4;
    fromEnd = 10;
    adviseInstall = (otherwise, ofLock = "") => (lines) => {
      const text2 = lines.join(" ").replace(/\s+/g, " ");
      const ofSystem = remedies2.findIndex(({ when }) => when === buildFailed);
      for (const [at2, { when, hint: hint2 }] of remedies2.entries()) {
        const missing2 = at2 === ofSystem ? adviseSystemPackage(text2) : void 0;
        if (missing2) return { lines: worthShowing(lines), hint: missing2 };
        const found = when.exec(text2);
        if (!found) continue;
        const stale = when === unsatisfiable ? ofLock : "";
        return { lines: worthShowing(lines), hint: hint2(found.slice(1), text2) + stale };
      }
      return { lines: worthShowing(lines), hint: otherwise };
    };
  }
});

// src/project/install/uv-version.ts
function wantedUv(folders) {
  for (const { pyproject, text: text2 } of folders) {
    const written = /^\s*required-version\s*=\s*["']([^"']+)["']/m.exec(text2("uv.toml") ?? "")?.[1];
    const found = written ?? pyproject?.uvVersion;
    if (found) return /^\s*\d/.test(found) ? `==${found.trim()}` : found.trim();
  }
  return void 0;
}
function takesUv(wanted, version3) {
  if (wanted === void 0 || version3 === void 0) return true;
  try {
    return satisfies(version3, wanted);
  } catch {
    return true;
  }
}
var init_uv_version = __esm({
  "src/project/install/uv-version.ts"() {
    "use strict";
    init_pep440();
  }
});

// src/project/install/tools.ts
async function makeVenv({ io, python, root, env }, folder) {
  const command = { program: python, args: ["-m", "venv", folder], cwd: root, env };
  const hint2 = 'Install the package python3-venv, or add a step "uses: actions/setup-python" before this one.';
  await run2(io, "Making a virtual environment", command, "INSTALL_FAILED", hint2);
}
async function uvOnPath({ io, root, env }) {
  const said2 = await capture(io, { program: "uv", args: ["--version"], cwd: root, env });
  return said2 === void 0 ? void 0 : /\d+(\.\d+)+/.exec(said2.toString())?.[0] ?? "";
}
async function findUv(toolchain) {
  const { uvVersion } = toolchain;
  const found = await uvOnPath(toolchain);
  if (found !== void 0 && takesUv(uvVersion, found || void 0)) return "uv";
  const folder = `${toolchain.venv}-uv`;
  const program = (0, import_node_path24.join)(scripts(folder), "uv");
  if ((0, import_node_fs13.existsSync)(program)) return program;
  await makeVenv(toolchain, folder);
  const requirement = takesUv(uvVersion, pinned.uv.replace("uv==", "")) ? pinned.uv : `uv${uvVersion}`;
  const args = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", requirement];
  await installTool(toolchain, "uv", { program: (0, import_node_path24.join)(scripts(folder), "python"), args });
  return program;
}
async function findTool(toolchain, tool, uv) {
  if (await works(toolchain, tool)) return tool;
  const folder = `${toolchain.venv}-${tool}`;
  await installTool(toolchain, tool, { program: uv, args: ["venv", "--quiet", "--python", toolchain.python, folder] });
  const args = ["pip", "install", "--quiet", "--python", (0, import_node_path24.join)(scripts(folder), "python"), pinned[tool]];
  await installTool(toolchain, tool, { program: uv, args });
  return (0, import_node_path24.join)(scripts(folder), tool);
}
async function installTool(toolchain, tool, step) {
  const command = { ...step, cwd: toolchain.root, env: toolchain.env };
  await run2(
    toolchain.io,
    `Installing ${tool}`,
    command,
    "INSTALL_FAILED",
    `Add a step "${steps2[tool]}" before this one.`
  );
}
var import_node_fs13, import_node_path24, pinned, toolNames, steps2, works;
var init_tools = __esm({
  "src/project/install/tools.ts"() {
    "use strict";
    import_node_fs13 = require("node:fs");
    import_node_path24 = require("node:path");
    init_build_environment();
    init_shell();
    init_uv_version();
    pinned = {
      uv: "uv==0.13.9",
      poetry: "poetry==2.5.1",
      pdm: "pdm[locked]==2.29.3",
      pipenv: "pipenv==2026.10.3"
    };
    toolNames = Object.keys(pinned);
    steps2 = {
      uv: "uses: astral-sh/setup-uv",
      poetry: "run: pipx install poetry",
      pdm: "run: pipx install pdm",
      pipenv: "run: pipx install pipenv"
    };
    works = async ({ io, root, env }, program) => await capture(io, { program, args: ["--version"], cwd: root, env }) !== void 0;
  }
});

// src/project/install/command-line.ts
async function foldersOfTools(commandLine, toolchain) {
  const named = toolNames.filter((tool) => new RegExp(`(?:^|[\\s;&|(])${tool}(?=\\s|$)`).test(commandLine));
  const folders = [];
  for (const tool of named) {
    const program = tool === "uv" ? await findUv(toolchain) : await findTool(toolchain, tool, await findUv(toolchain));
    if (program !== tool) folders.push((0, import_node_path25.dirname)(program));
  }
  return folders;
}
async function runCommandLine(commandLine, toolchain, python) {
  await makeVenv(toolchain, toolchain.venv);
  const folders = await foldersOfTools(commandLine, toolchain);
  const path4 = [python.env.PATH, ...folders].filter(Boolean).join(import_node_path25.delimiter);
  const env = { ...python.env, PATH: path4, UV_PROJECT_ENVIRONMENT: toolchain.venv, POETRY_VIRTUALENVS_CREATE: "false" };
  const advise = adviseInstall("Fix the command line of the input install.");
  await run2(toolchain.io, "install", shell(commandLine, toolchain.root, env), "INSTALL_FAILED", advise);
}
var import_node_path25;
var init_command_line = __esm({
  "src/project/install/command-line.ts"() {
    "use strict";
    import_node_path25 = require("node:path");
    init_shell();
    init_install_advice();
    init_tools();
  }
});

// src/project/install/pip-config.ts
function pipConfigFiles(env, prefix2, platform2) {
  const named = env.PIP_CONFIG_FILE;
  if (named === "/dev/null" || named === "nul") return [];
  const own = named ? [named] : [];
  if (platform2 === "win32") {
    const { PROGRAMDATA = "", USERPROFILE = "", APPDATA = "" } = env;
    const paths = [import_node_path26.win32.join(PROGRAMDATA, "pip"), import_node_path26.win32.join(USERPROFILE, "pip"), import_node_path26.win32.join(APPDATA, "pip"), prefix2];
    return [...paths.map((folder) => import_node_path26.win32.join(folder, "pip.ini")), ...own];
  }
  const { HOME = "", XDG_CONFIG_HOME = import_node_path26.posix.join(HOME, ".config") } = env;
  const application = platform2 === "darwin" ? [import_node_path26.posix.join(HOME, "Library/Application Support/pip")] : [];
  const folders = [
    "/etc/xdg/pip",
    "/etc",
    import_node_path26.posix.join(HOME, ".pip"),
    import_node_path26.posix.join(XDG_CONFIG_HOME, "pip"),
    ...application,
    prefix2
  ];
  return [...folders.map((folder) => import_node_path26.posix.join(folder, "pip.conf")), ...own];
}
function parseIni(text2) {
  const sections = /* @__PURE__ */ new Map();
  let section = /* @__PURE__ */ new Map();
  let option2;
  for (const line of text2.split(/\r\n|\r|\n/)) {
    if (line.trim() === "" || /^\s*[#;]/.test(line)) continue;
    const title2 = /^\[(.+)\]/.exec(line)?.[1];
    const [, name, value] = /^([^\s=:][^=:]*?)\s*[=:]\s*(.*)$/.exec(line) ?? [];
    if (title2 !== void 0) {
      section = sections.get(title2) ?? /* @__PURE__ */ new Map();
      sections.set(title2, section);
      option2 = void 0;
    } else if (/^\s/.test(line) && option2 !== void 0) section.set(option2, `${section.get(option2)}
${line.trim()}`);
    else if (name !== void 0) {
      option2 = name.toLowerCase().replaceAll("_", "-");
      section.set(option2, (value ?? "").trim());
    }
  }
  return sections;
}
function readPipConfig(files, env) {
  const config = /* @__PURE__ */ new Map();
  const parsed = files.map(parseIni);
  for (const section of ["global", "install"]) {
    for (const sections of parsed) for (const [option2, value] of sections.get(section) ?? []) config.set(option2, value);
  }
  for (const [name, value] of Object.entries(env)) {
    const option2 = /^PIP_(.+)$/.exec(name)?.[1]?.toLowerCase().replaceAll("_", "-");
    if (option2 && value !== "") config.set(option2, value);
  }
  return config;
}
function forUv(config, env, exists2) {
  const told = {};
  const unknown = [];
  for (const [option2, value] of config) {
    const variable = Object.hasOwn(variables4, option2) ? variables4[option2] : void 0;
    if (variable) {
      const said2 = variable.value(value, exists2);
      if (!env[variable.name] && said2 !== "") told[variable.name] = said2;
    } else if (!harmless2.has(option2)) unknown.push(option2);
  }
  return { env: told, unknown };
}
var import_node_path26, harmless2, words, places, variables4;
var init_pip_config = __esm({
  "src/project/install/pip-config.ts"() {
    "use strict";
    import_node_path26 = require("node:path");
    harmless2 = /* @__PURE__ */ new Set([
      "break-system-packages",
      "cache-dir",
      "config-file",
      "default-timeout",
      "disable-pip-version-check",
      "exists-action",
      "log",
      "no-cache-dir",
      "no-color",
      "no-input",
      "no-python-version-warning",
      "no-warn-script-location",
      "progress-bar",
      "quiet",
      "require-virtualenv",
      "retries",
      "root-user-action",
      "timeout",
      "user",
      "verbose"
    ]);
    words = (value) => value.split(/\s+/).filter(Boolean);
    places = (value, exists2) => words(value).filter((place3) => /^[a-z]+:\/\//i.test(place3) || exists2(place3));
    variables4 = {
      "index-url": { name: "UV_DEFAULT_INDEX", value: (value) => value.trim() },
      "extra-index-url": { name: "UV_INDEX", value: (value) => words(value).join(" ") },
      "find-links": { name: "UV_FIND_LINKS", value: (value, exists2) => places(value, exists2).join(",") },
      "no-index": { name: "UV_NO_INDEX", value: (value) => value },
      constraint: { name: "UV_CONSTRAINT", value: (value) => words(value).join(" ") },
      "trusted-host": { name: "UV_INSECURE_HOST", value: (value) => words(value).join(" ") },
      cert: { name: "SSL_CERT_FILE", value: (value) => value }
    };
  }
});

// node_modules/valibot/dist/index.mjs
// @__NO_SIDE_EFFECTS__
function getGlobalConfig(config$1) {
  if (!config$1 && !store$4) return DEFAULT_CONFIG;
  return {
    lang: config$1?.lang ?? store$4?.lang,
    message: config$1?.message,
    abortEarly: config$1?.abortEarly ?? store$4?.abortEarly,
    abortPipeEarly: config$1?.abortPipeEarly ?? store$4?.abortPipeEarly
  };
}
// @__NO_SIDE_EFFECTS__
function getGlobalMessage(lang) {
  return store$3?.get(lang);
}
// @__NO_SIDE_EFFECTS__
function getSchemaMessage(lang) {
  return store$2?.get(lang);
}
// @__NO_SIDE_EFFECTS__
function getSpecificMessage(reference, lang) {
  return store$1?.get(reference)?.get(lang);
}
// @__NO_SIDE_EFFECTS__
function _stringify(input) {
  const type = typeof input;
  if (type === "string") return `"${input}"`;
  if (type === "number" || type === "bigint" || type === "boolean") return `${input}`;
  if (type === "object" || type === "function") return (input && Object.getPrototypeOf(input)?.constructor?.name) ?? "null";
  return type;
}
function _addIssue(context, label, dataset, config$1, other) {
  const input = other && "input" in other ? other.input : dataset.value;
  const expected2 = other?.expected ?? context.expects ?? null;
  const received = other?.received ?? /* @__PURE__ */ _stringify(input);
  const issue2 = {
    kind: context.kind,
    type: context.type,
    input,
    expected: expected2,
    received,
    message: `Invalid ${label}: ${expected2 ? `Expected ${expected2} but r` : "R"}eceived ${received}`,
    requirement: context.requirement,
    path: other?.path,
    issues: other?.issues,
    lang: config$1.lang,
    abortEarly: config$1.abortEarly,
    abortPipeEarly: config$1.abortPipeEarly
  };
  const isSchema = context.kind === "schema";
  const message$1 = other?.message ?? context.message ?? /* @__PURE__ */ getSpecificMessage(context.reference, issue2.lang) ?? (isSchema ? /* @__PURE__ */ getSchemaMessage(issue2.lang) : null) ?? config$1.message ?? /* @__PURE__ */ getGlobalMessage(issue2.lang);
  if (message$1 !== void 0) issue2.message = typeof message$1 === "function" ? message$1(issue2) : message$1;
  if (isSchema) dataset.typed = false;
  if (dataset.issues) dataset.issues.push(issue2);
  else dataset.issues = [issue2];
}
// @__NO_SIDE_EFFECTS__
function _isValidObjectKey(object$1, key) {
  return Object.prototype.hasOwnProperty.call(object$1, key) && key !== "__proto__" && key !== "prototype" && key !== "constructor";
}
function _standardSchema(schema) {
  schema["~standard"] = {
    version: 1,
    vendor: "valibot",
    validate: (value$1) => schema["~run"]({ value: value$1 }, /* @__PURE__ */ getGlobalConfig())
  };
  return schema;
}
// @__NO_SIDE_EFFECTS__
function getFallback(schema, dataset, config$1) {
  return typeof schema.fallback === "function" ? schema.fallback(dataset, config$1) : schema.fallback;
}
// @__NO_SIDE_EFFECTS__
function getDefault(schema, dataset, config$1) {
  return typeof schema.default === "function" ? schema.default(dataset, config$1) : schema.default;
}
// @__NO_SIDE_EFFECTS__
function object(entries$1, message$1) {
  return _standardSchema({
    kind: "schema",
    type: "object",
    reference: object,
    expects: "Object",
    async: false,
    entries: entries$1,
    message: message$1,
    "~run"(dataset, config$1) {
      const input = dataset.value;
      if (input && typeof input === "object") {
        dataset.typed = true;
        dataset.value = {};
        for (const key in this.entries) {
          const valueSchema = this.entries[key];
          if (key in input || (valueSchema.type === "exact_optional" || valueSchema.type === "optional" || valueSchema.type === "nullish") && valueSchema.default !== void 0) {
            const value$1 = key in input ? input[key] : /* @__PURE__ */ getDefault(valueSchema);
            const valueDataset = valueSchema["~run"]({ value: value$1 }, config$1);
            if (valueDataset.issues) {
              const pathItem = {
                type: "object",
                origin: "value",
                input,
                key,
                value: value$1
              };
              for (const issue2 of valueDataset.issues) {
                if (issue2.path) issue2.path.unshift(pathItem);
                else issue2.path = [pathItem];
                dataset.issues?.push(issue2);
              }
              if (!dataset.issues) dataset.issues = valueDataset.issues;
              if (config$1.abortEarly) {
                dataset.typed = false;
                break;
              }
            }
            if (!valueDataset.typed) dataset.typed = false;
            dataset.value[key] = valueDataset.value;
          } else if (valueSchema.fallback !== void 0) dataset.value[key] = /* @__PURE__ */ getFallback(valueSchema);
          else if (valueSchema.type !== "exact_optional" && valueSchema.type !== "optional" && valueSchema.type !== "nullish") {
            _addIssue(this, "key", dataset, config$1, {
              input: void 0,
              expected: `"${key}"`,
              path: [{
                type: "object",
                origin: "key",
                input,
                key,
                value: input[key]
              }]
            });
            if (config$1.abortEarly) break;
          }
        }
      } else _addIssue(this, "type", dataset, config$1);
      return dataset;
    }
  });
}
// @__NO_SIDE_EFFECTS__
function record(key, value$1, message$1) {
  return _standardSchema({
    kind: "schema",
    type: "record",
    reference: record,
    expects: "Object",
    async: false,
    key,
    value: value$1,
    message: message$1,
    "~run"(dataset, config$1) {
      const input = dataset.value;
      if (input && typeof input === "object") {
        dataset.typed = true;
        dataset.value = {};
        for (const entryKey in input) if (/* @__PURE__ */ _isValidObjectKey(input, entryKey)) {
          const entryValue = input[entryKey];
          const keyDataset = this.key["~run"]({ value: entryKey }, config$1);
          if (keyDataset.issues) {
            const pathItem = {
              type: "object",
              origin: "key",
              input,
              key: entryKey,
              value: entryValue
            };
            for (const issue2 of keyDataset.issues) {
              issue2.path = [pathItem];
              dataset.issues?.push(issue2);
            }
            if (!dataset.issues) dataset.issues = keyDataset.issues;
            if (config$1.abortEarly) {
              dataset.typed = false;
              break;
            }
          }
          const valueDataset = this.value["~run"]({ value: entryValue }, config$1);
          if (valueDataset.issues) {
            const pathItem = {
              type: "object",
              origin: "value",
              input,
              key: entryKey,
              value: entryValue
            };
            for (const issue2 of valueDataset.issues) {
              if (issue2.path) issue2.path.unshift(pathItem);
              else issue2.path = [pathItem];
              dataset.issues?.push(issue2);
            }
            if (!dataset.issues) dataset.issues = valueDataset.issues;
            if (config$1.abortEarly) {
              dataset.typed = false;
              break;
            }
          }
          if (!keyDataset.typed || !valueDataset.typed) dataset.typed = false;
          if (keyDataset.typed) dataset.value[keyDataset.value] = valueDataset.value;
        }
      } else _addIssue(this, "type", dataset, config$1);
      return dataset;
    }
  });
}
// @__NO_SIDE_EFFECTS__
function string(message$1) {
  return _standardSchema({
    kind: "schema",
    type: "string",
    reference: string,
    expects: "string",
    async: false,
    message: message$1,
    "~run"(dataset, config$1) {
      if (typeof dataset.value === "string") dataset.typed = true;
      else _addIssue(this, "type", dataset, config$1);
      return dataset;
    }
  });
}
// @__NO_SIDE_EFFECTS__
function safeParse(schema, input, config$1) {
  const dataset = schema["~run"]({ value: input }, /* @__PURE__ */ getGlobalConfig(config$1));
  return {
    typed: dataset.typed,
    success: !dataset.issues,
    output: dataset.value,
    issues: dataset.issues
  };
}
var store$4, DEFAULT_CONFIG, store$3, store$2, store$1, EMOJI_REGEX;
var init_dist = __esm({
  "node_modules/valibot/dist/index.mjs"() {
    DEFAULT_CONFIG = {
      lang: void 0,
      message: void 0,
      abortEarly: void 0,
      abortPipeEarly: void 0
    };
    EMOJI_REGEX = new RegExp("^(?:[\\u{1F1E6}-\\u{1F1FF}]{2}|\\u{1F3F4}[\\u{E0061}-\\u{E007A}]{2}[\\u{E0030}-\\u{E0039}\\u{E0061}-\\u{E007A}]{1,3}\\u{E007F}|(?:\\p{Emoji}\\uFE0F\\u20E3?|\\p{Emoji_Modifier_Base}\\p{Emoji_Modifier}?|(?![\\p{Emoji_Modifier_Base}\\u{1F1E6}-\\u{1F1FF}])\\p{Emoji_Presentation})(?:\\u200D(?:\\p{Emoji}\\uFE0F\\u20E3?|\\p{Emoji_Modifier_Base}\\p{Emoji_Modifier}?|(?![\\p{Emoji_Modifier_Base}\\u{1F1E6}-\\u{1F1FF}])\\p{Emoji_Presentation}))*)+$", "u");
  }
});

// node_modules/smol-toml/dist/error.js
function getLineColFromPtr(string2, ptr) {
  let lines = string2.slice(0, ptr).split(/\r?\n/);
  return [lines.length, lines.pop().length + 1];
}
function makeCodeBlock(string2, line, column) {
  let lines = string2.split(/\r?\n/);
  let codeblock = "";
  let numberLen = (Math.log10(line + 1) | 0) + 1;
  for (let i = line - 1; i <= line + 1; i++) {
    let l = lines[i - 1];
    if (!l)
      continue;
    codeblock += i.toString().padEnd(numberLen, " ");
    codeblock += ":  ";
    codeblock += l;
    codeblock += "\n";
    if (i === line) {
      codeblock += " ".repeat(numberLen + column + 2);
      codeblock += "^\n";
    }
  }
  return codeblock;
}
var TomlError;
var init_error = __esm({
  "node_modules/smol-toml/dist/error.js"() {
    TomlError = class _TomlError extends Error {
      line;
      column;
      codeblock;
      constructor(message, options) {
        const [line, column] = getLineColFromPtr(options.toml, options.ptr);
        const codeblock = makeCodeBlock(options.toml, line, column);
        super(`Invalid TOML document: ${message}

${codeblock}`, options);
        this.line = line;
        this.column = column;
        this.codeblock = codeblock;
      }
      /** @internal */
      static x(message, ctx, ptr) {
        throw new _TomlError(message, { toml: ctx.s, ptr: ptr ?? ctx.p });
      }
    };
  }
});

// node_modules/smol-toml/dist/primitive.js
function parseString(ctx) {
  let startPtr = ctx.p;
  let c = ctx.s.charCodeAt(ctx.p++);
  let first = c;
  let isLiteral = c === 39;
  let isMultiline = c === ctx.s.charCodeAt(ctx.p) && c === ctx.s.charCodeAt(ctx.p + 1);
  if (isMultiline) {
    if ((c = ctx.s.charCodeAt(ctx.p += 2)) === 10)
      ctx.p++;
    else if (c === 13 && ctx.s.charCodeAt(ctx.p + 1) === 10)
      ctx.p += 2;
  }
  let parsed = "";
  let sliceStart = ctx.p;
  let state = 0;
  for (; ctx.p < ctx.s.length; ctx.p++) {
    c = ctx.s.charCodeAt(ctx.p);
    if (isMultiline && (c === 10 || c === 13 && ctx.s.charCodeAt(ctx.p + 1) === 10)) {
      state = state && 3;
    } else if (c < 32 && c !== 9 || c === 127) {
      TomlError.x("control characters are not allowed in strings", ctx);
    } else if ((!state || state === 3) && c === first && (!isMultiline || ctx.s.charCodeAt(ctx.p + 1) === first && ctx.s.charCodeAt(ctx.p + 2) === first)) {
      if (isMultiline) {
        if (ctx.s.charCodeAt(ctx.p + 3) === first)
          ctx.p++;
        if (ctx.s.charCodeAt(ctx.p + 3) === first)
          ctx.p++;
      }
      if (!state) {
        let s = ctx.s.slice(sliceStart, ctx.p);
        parsed = parsed ? parsed + s : s;
      }
      ctx.p += isMultiline ? 3 : 1;
      return parsed;
    } else if (!state) {
      if (!isLiteral && c === 92) {
        parsed += ctx.s.slice(sliceStart, sliceStart = ctx.p);
        state = 1;
      }
    } else if (state === 1) {
      if (c === 120 || c === 117 || c === 85) {
        let errPtr = ctx.p++ - 1;
        let value = 0;
        let len = c === 120 ? 2 : c === 117 ? 4 : 8;
        for (let j = 0; j < len; j++, ctx.p++) {
          let hex = ctx.s.charCodeAt(ctx.p);
          let digit = (
            /* 0-9 */
            hex >= 48 && hex <= 57 ? hex - 48 : (
              /* A-F */
              hex >= 65 && hex <= 70 ? hex - 65 + 10 : (
                /* a-f */
                hex >= 97 && hex <= 102 ? hex - 97 + 10 : -1
              )
            )
          );
          if (digit < 0)
            TomlError.x("invalid non-hex character in unicode escape", ctx);
          value = value << 4 | digit;
        }
        if (value < 0 || value > 1114111 || value >= 55296 && value <= 57343) {
          TomlError.x("invalid unicode escape", ctx, errPtr);
        }
        parsed += String.fromCodePoint(value);
        sliceStart = ctx.p--;
        state = 0;
      } else if (isMultiline && (c === 32 || c === 9)) {
        state = 2;
      } else {
        if (c === 98)
          parsed += "\b";
        else if (c === 116)
          parsed += "	";
        else if (c === 110)
          parsed += "\n";
        else if (c === 102)
          parsed += "\f";
        else if (c === 114)
          parsed += "\r";
        else if (c === 101)
          parsed += "\x1B";
        else if (c === 34)
          parsed += '"';
        else if (c === 92)
          parsed += "\\";
        else
          TomlError.x("unrecognised escape sequence", ctx);
        sliceStart = ctx.p + 1;
        state = 0;
      }
    } else if (c !== 32 && c !== 9) {
      if (state === 2)
        TomlError.x("invalid escape: only line-ending whitespace may be escaped", ctx, sliceStart);
      state = !isLiteral && c === 92 ? 1 : 0;
      sliceStart = ctx.p;
    }
  }
  TomlError.x("unfinished string", ctx, startPtr);
}
var init_primitive = __esm({
  "node_modules/smol-toml/dist/primitive.js"() {
    init_error();
  }
});

// node_modules/smol-toml/dist/date.js
var DATE_TIME_RE, TomlDate;
var init_date = __esm({
  "node_modules/smol-toml/dist/date.js"() {
    DATE_TIME_RE = /^(\d{4}-\d{2}-\d{2})?[Tt ]?(?:(\d{2}):\d{2}(?::\d{2}(?:\.\d+)?)?)?(Z|z|[-+]\d{2}:\d{2})?$/i;
    TomlDate = class _TomlDate extends Date {
      #hasDate = false;
      #hasTime = false;
      #offset = null;
      constructor(date, fasttype, unsafeDelim) {
        let hasDate = true;
        let hasTime = true;
        let offset = "Z";
        let c;
        if (typeof date === "string") {
          if (fasttype)
            prep: {
              if (fasttype < 3) {
                if (+date.slice(11, 13) > 23) {
                  date = "";
                  break prep;
                }
                if (fasttype === 2) {
                  offset = null;
                  date += "Z";
                } else if ((c = date.charCodeAt(date.length - 1)) !== 90 && c !== 122) {
                  offset = date.slice(date.length - 6);
                }
                if (unsafeDelim)
                  date = date.slice(0, 10) + "T" + date.slice(11);
              } else if (fasttype === 4) {
                date = +date.slice(0, 2) > 23 ? "" : `0000-01-01T${date}Z`;
              }
              hasDate = fasttype !== 4;
              hasTime = fasttype !== 3;
            }
          else {
            let match = date.match(DATE_TIME_RE);
            if (match) {
              if (!match[1]) {
                hasDate = false;
                date = `0000-01-01T${date}`;
              }
              hasTime = !!match[2];
              hasTime && date[10] === " " && (date = date.replace(" ", "T"));
              if (match[2] && +match[2] > 23) {
                date = "";
              } else {
                offset = match[3] || null;
                if (!offset && hasTime)
                  date += "Z";
              }
            } else {
              date = "";
            }
          }
        }
        super(date);
        if (!isNaN(this.getTime())) {
          this.#hasDate = hasDate;
          this.#hasTime = hasTime;
          this.#offset = offset;
        }
      }
      isDateTime() {
        return this.#hasDate && this.#hasTime;
      }
      isLocal() {
        return !this.#hasDate || !this.#hasTime || !this.#offset;
      }
      isDate() {
        return this.#hasDate && !this.#hasTime;
      }
      isTime() {
        return this.#hasTime && !this.#hasDate;
      }
      isValid() {
        return this.#hasDate || this.#hasTime;
      }
      toISOString() {
        let iso = super.toISOString();
        if (this.isDate())
          return iso.slice(0, 10);
        if (this.isTime())
          return iso.slice(11, 23);
        if (this.#offset === null)
          return iso.slice(0, -1);
        if (this.#offset === "Z" || this.#offset === "z")
          return iso;
        let offset = +this.#offset.slice(1, 3) * 60 + +this.#offset.slice(4, 6);
        offset = this.#offset[0] === "-" ? offset : -offset;
        let offsetDate = new Date(this.getTime() - offset * 6e4);
        return offsetDate.toISOString().slice(0, -1) + this.#offset;
      }
      static wrapAsOffsetDateTime(jsDate, offset = "Z") {
        let date = new _TomlDate(jsDate);
        date.#offset = offset;
        return date;
      }
      static wrapAsLocalDateTime(jsDate) {
        let date = new _TomlDate(jsDate);
        date.#offset = null;
        return date;
      }
      static wrapAsLocalDate(jsDate) {
        let date = new _TomlDate(jsDate);
        date.#hasTime = false;
        date.#offset = null;
        return date;
      }
      static wrapAsLocalTime(jsDate) {
        let date = new _TomlDate(jsDate);
        date.#hasDate = false;
        date.#offset = null;
        return date;
      }
    };
  }
});

// node_modules/smol-toml/dist/extract.js
function isDigit(char, base = 10) {
  return base === 16 ? char > 47 && char < 58 || char > 64 && char < 71 || char > 96 && char < 103 : char > 47 && char < 48 + base;
}
function isEndOfValue(char, delim) {
  return char === 32 || char === 9 || char === 10 || char === 13 || // Structure end or next value delimiter
  delim && (char === delim || char === 44) || // Comment
  char === 35;
}
function extractValue(ctx, end) {
  let errPtr = ctx.p;
  let c = ctx.s.charCodeAt(ctx.p);
  if (c === 91 || c === 123) {
    ctx.d-- || TomlError.x("document contains excessively nested structures. aborting.", ctx);
    let value = c === 91 ? parseArray(ctx) : parseInlineTable(ctx);
    ctx.d++;
    return value;
  }
  if (c === 34 || c === 39) {
    return parseString(ctx);
  }
  if (c === 116) {
    if (ctx.s.charCodeAt(++ctx.p) !== 114 || ctx.s.charCodeAt(++ctx.p) !== 117 || ctx.s.charCodeAt(++ctx.p) !== 101)
      TomlError.x("invalid value", ctx, errPtr);
    return ctx.p++, true;
  }
  if (c === 102) {
    if (ctx.s.charCodeAt(++ctx.p) !== 97 || ctx.s.charCodeAt(++ctx.p) !== 108 || ctx.s.charCodeAt(++ctx.p) !== 115 || ctx.s.charCodeAt(++ctx.p) !== 101)
      TomlError.x("invalid value", ctx, errPtr);
    return ctx.p++, false;
  }
  if (c === 43 || c === 45) {
    return parseNumber(ctx, ctx.p, ctx.s.charCodeAt(++ctx.p), 44 - c, end);
  }
  if (ctx.s.charCodeAt(ctx.p + 4) === 45 && ctx.s.charCodeAt(ctx.p + 7) === 45) {
    return parseDate(ctx, c, end);
  }
  if (ctx.s.charCodeAt(ctx.p + 2) === 58) {
    return parseTime(ctx, c, end);
  }
  return parseNumber(ctx, ctx.p, c, 0, end);
}
function parseNumber(ctx, startPtr, startChr, sign2, endChr) {
  let c = startChr;
  let state = 0;
  let hasUnderscores = false;
  if (c === 105) {
    if (ctx.s.charCodeAt(++ctx.p) !== 110 || ctx.s.charCodeAt(++ctx.p) !== 102)
      TomlError.x("invalid value", ctx, startPtr);
    return ctx.p++, (sign2 || 1) / 0;
  }
  if (c === 110) {
    if (ctx.s.charCodeAt(++ctx.p) !== 97 || ctx.s.charCodeAt(++ctx.p) !== 110)
      TomlError.x("invalid value", ctx, startPtr);
    return ctx.p++, NaN;
  }
  if (c === 48) {
    if (++ctx.p >= ctx.s.length || isEndOfValue(c = ctx.s.charCodeAt(ctx.p), endChr))
      return ctx.bi === true ? 0n : 0;
    if (!sign2) {
      if (c === 120)
        return parseIntegerBaseN(ctx, startPtr, 16, endChr);
      else if (c === 98)
        return parseIntegerBaseN(ctx, startPtr, 2, endChr);
      else if (c === 111)
        return parseIntegerBaseN(ctx, startPtr, 8, endChr);
    }
    if (c === 46)
      state = 2;
    else if (c === 101 || c === 69)
      state = 4;
    else
      TomlError.x("illegal leading zero", ctx, startPtr);
  } else if (!isDigit(c))
    TomlError.x("invalid value", ctx, startPtr);
  while (++ctx.p < ctx.s.length && (c = ctx.s.charCodeAt(ctx.p), !isEndOfValue(c, endChr))) {
    if (!state)
      state = 1;
    if (c === 95) {
      if (!(state & 1))
        TomlError.x("illegal underscore", ctx);
      state += 11;
      hasUnderscores = true;
    } else if (state === 1 && c === 46)
      state = 2;
    else if ((state === 1 || state === 3) && (c === 101 || c === 69))
      state = 4;
    else if (state === 4 && (c === 43 || c === 45)) {
      state = 6;
    } else if (!isDigit(c))
      TomlError.x(`illegal character in numeric literal`, ctx);
    else if (state > 9)
      state -= 11;
    else if (!(state & 1))
      state++;
  }
  if (!state) {
    let val = (startChr - 48) * (sign2 || 1);
    return ctx.bi === true ? BigInt(val) : val;
  }
  if (!(state & 1))
    TomlError.x("unfinished numeric value", ctx, startPtr);
  let str = ctx.s.slice(startPtr, ctx.p);
  if (hasUnderscores)
    str = str.replaceAll("_", "");
  return state > 1 ? parseFloat(str) : parseInteger(ctx, str, 10, startPtr);
}
function parseIntegerBaseN(ctx, startPtr, base, endChr) {
  let c, underscore = 1;
  while (++ctx.p < ctx.s.length && (c = ctx.s.charCodeAt(ctx.p), !isEndOfValue(c, endChr))) {
    if (c === 95) {
      if (underscore & 1)
        TomlError.x("illegal underscore", ctx);
      underscore = 3;
    } else if (!isDigit(c, base))
      TomlError.x(`illegal character in numeric literal`, ctx);
    else if (underscore & 1)
      underscore--;
  }
  if (underscore & 1)
    TomlError.x("unfinished numeric value", ctx);
  let str = ctx.s.slice(startPtr + 2, ctx.p);
  if (underscore)
    str = str.replaceAll("_", "");
  return parseInteger(ctx, str, base, startPtr);
}
function parseInteger(ctx, str, base, startPtr) {
  if (ctx.bi !== true)
    int: {
      let val = parseInt(str, base);
      if (!Number.isSafeInteger(val)) {
        if (ctx.bi)
          break int;
        TomlError.x("integer value cannot be represented losslessly", ctx, startPtr);
      }
      return val;
    }
  return base === 10 ? BigInt(str) : BigInt((base === 2 ? "0b" : base === 8 ? "0o" : "0x") + str);
}
function parseDate(ctx, c, endChr) {
  let startPtr = ctx.p++, unsafeSeparator;
  if (!isDigit(c) || !isDigit(ctx.s.charCodeAt(ctx.p++)) || !isDigit(ctx.s.charCodeAt(ctx.p++)) || !isDigit(ctx.s.charCodeAt(ctx.p++))) {
    return parseNumber(ctx, ctx.p = startPtr, c, 0, endChr);
  }
  ctx.p += 5;
  if (!isDigit(ctx.s.charCodeAt(ctx.p++)))
    TomlError.x("invalid date-time: date part is malformed", ctx, startPtr);
  if (ctx.p >= ctx.s.length || ((c = ctx.s.charCodeAt(ctx.p)) !== 32 || (unsafeSeparator = true, !isDigit(ctx.s.charCodeAt(ctx.p + 1)))) && c !== 84 && c !== 116) {
    let t2 = ctx.s.slice(startPtr, ctx.p);
    return readDate(ctx, t2, 3, false, startPtr);
  }
  if (ctx.s.charCodeAt(ctx.p += 3) !== 58)
    TomlError.x("invalid date-time: time part is malformed", ctx, startPtr);
  if (ctx.s.charCodeAt(ctx.p += 3) === 58)
    ctx.p += 3;
  if (ctx.s.charCodeAt(ctx.p) === 46)
    while (isDigit(ctx.s.charCodeAt(++ctx.p)))
      ;
  if (c = ctx.s.charCodeAt(ctx.p)) {
    if (c === 90 || c === 122) {
      let t2 = ctx.s.slice(startPtr, ++ctx.p);
      return readDate(ctx, t2, 1, unsafeSeparator, startPtr, "[+00:00]");
    }
    if (c === 43 || c === 45) {
      let t2 = ctx.s.slice(startPtr, ctx.p += 6);
      return readDate(ctx, t2, 1, unsafeSeparator, startPtr, !ctx.ld && "[" + ctx.s.slice(ctx.p - 6, ctx.p) + "]");
    }
  }
  let t = ctx.s.slice(startPtr, ctx.p);
  return readDate(ctx, t, 2, unsafeSeparator, startPtr);
}
function parseTime(ctx, c, endChr) {
  let start2 = ctx.p;
  if (!isDigit(c) || !isDigit(ctx.s.charCodeAt(++ctx.p))) {
    return parseNumber(ctx, --ctx.p, c, 0, endChr);
  }
  if (ctx.s.charCodeAt(ctx.p += 4) === 58)
    ctx.p += 3;
  if (ctx.s.charCodeAt(ctx.p) === 46)
    while (isDigit(ctx.s.charCodeAt(++ctx.p)))
      ;
  let t = ctx.s.slice(start2, ctx.p);
  return readDate(ctx, t, 4, false, start2);
}
function readDate(ctx, str, type, unsafeDelim, errPtr, temporalSuffix) {
  if (ctx.ld) {
    let date = new TomlDate(str, type, unsafeDelim);
    if (!date.isValid())
      TomlError.x("invalid date", ctx, errPtr);
    return date;
  }
  try {
    if (temporalSuffix)
      str += temporalSuffix;
    switch (type) {
      case 1:
        return Temporal.ZonedDateTime.from(str);
      case 2:
        return Temporal.PlainDateTime.from(str);
      case 3:
        return Temporal.PlainDate.from(str);
      case 4:
        return Temporal.PlainTime.from(str);
    }
  } catch (e) {
    TomlError.x(e instanceof Error ? e.message : "" + e, ctx, errPtr);
  }
}
var init_extract = __esm({
  "node_modules/smol-toml/dist/extract.js"() {
    init_primitive();
    init_struct();
    init_error();
    init_date();
  }
});

// node_modules/smol-toml/dist/util.js
function skipComment(ctx) {
  for (; ctx.p < ctx.s.length; ctx.p++) {
    let c = ctx.s.charCodeAt(ctx.p);
    if (c === 10)
      break;
    if (c === 13 && ctx.s.charCodeAt(ctx.p + 1) === 10) {
      ctx.p++;
      break;
    }
    if (c < 32 && c !== 9 || c === 127) {
      TomlError.x("control characters are not allowed in comments", ctx);
    }
  }
}
function skipVoid(ctx, banNewLines, banComments) {
  let c;
  while (ctx.p < ctx.s.length) {
    while (ctx.p < ctx.s.length && ((c = ctx.s.charCodeAt(ctx.p)) === 32 || c === 9 || !banNewLines && (c === 10 || c === 13 && ctx.s.charCodeAt(ctx.p + 1) === 10)))
      ctx.p++;
    if (banComments || c !== 35)
      break;
    skipComment(ctx);
  }
}
var init_util = __esm({
  "node_modules/smol-toml/dist/util.js"() {
    init_error();
  }
});

// node_modules/smol-toml/dist/struct.js
function parseKey(ctx, end = 61) {
  let startPtr;
  let state = 0;
  let parsed = [];
  let sliceStart;
  let c = ctx.s.charCodeAt(startPtr = ctx.p);
  do {
    if (c === end) {
      if (!state)
        TomlError.x("unexpected end of key", ctx);
      if (state === 1)
        parsed.push(ctx.s.slice(sliceStart, ctx.p));
      return ctx.p++, parsed;
    } else if (c === 46) {
      if (!state)
        TomlError.x("illegal empty bare key", ctx);
      if (state === 1)
        parsed.push(ctx.s.slice(sliceStart, ctx.p));
      state = 0;
    } else if (!state && (c === 34 || c === 39)) {
      if (c === ctx.s.charCodeAt(ctx.p + 1) && c === ctx.s.charCodeAt(ctx.p + 2))
        TomlError.x("illegal quoted key: multiline strings are not allowed", ctx);
      parsed.push(parseString(ctx));
      state = 2;
      ctx.p--;
    } else if (c === 32 || c === 9) {
      if (state === 1) {
        parsed.push(ctx.s.slice(sliceStart, ctx.p));
        state = 2;
      }
    } else if (state === 2 || c < 48 && c !== 45 || c > 57 && c < 65 || c > 90 && c < 97 && c !== 95 || c > 122) {
      TomlError.x("illegal character in key", ctx);
    } else if (!state) {
      state = 1;
      sliceStart = ctx.p;
    }
  } while (c = ctx.s.charCodeAt(++ctx.p));
  TomlError.x("incomplete key-value: cannot find end of key", ctx, startPtr);
}
function parseInlineTable(ctx) {
  let startPtr = ctx.p++;
  let res = /* @__PURE__ */ Object.create(null);
  let seen2 = /* @__PURE__ */ new Set();
  let c;
  while (ctx.p < ctx.s.length) {
    skipVoid(ctx);
    if ((c = ctx.s.charCodeAt(ctx.p)) === 125) {
      ctx.p++;
      return res;
    }
    let k;
    let t = res;
    let hasOwn = false;
    let errPtr = ctx.p;
    let key = parseKey(ctx);
    for (let i = 0; i < key.length; i++) {
      if (i)
        t = hasOwn ? t[k] : t[k] = /* @__PURE__ */ Object.create(null);
      k = key[i];
      if ((hasOwn = Object.hasOwn(t, k)) && (typeof t[k] !== "object" || seen2.has(t[k]))) {
        TomlError.x("trying to redefine an already defined value", ctx, errPtr);
      }
      let unsafe = k === "__proto__";
      if (ctx.uk && (unsafe || k === "constructor")) {
        t = ctx.uk !== 1 && TomlError.x("document contains an unsafe property", ctx, errPtr);
        break;
      }
      if (!hasOwn && unsafe) {
        Object.defineProperty(t, k, { enumerable: true, configurable: true, writable: true });
      }
    }
    if (hasOwn) {
      TomlError.x("trying to redefine an already defined value", ctx, errPtr);
    }
    skipVoid(ctx, true, true);
    let value = extractValue(
      ctx,
      125
      /* } */
    );
    if (t && typeof (t[k] = value) === "object")
      seen2.add(value);
    skipVoid(ctx);
    if ((c = ctx.s.charCodeAt(ctx.p++)) === 125) {
      return res;
    }
    if (c !== 44)
      TomlError.x("expected comma or end of structure", ctx, ctx.p - 1);
  }
  TomlError.x("unfinished table", ctx, startPtr);
}
function parseArray(ctx) {
  let startPtr = ctx.p++;
  let res = [];
  let c;
  while (ctx.p < ctx.s.length) {
    skipVoid(ctx);
    if ((c = ctx.s.charCodeAt(ctx.p)) === 93) {
      ctx.p++;
      return res;
    }
    res.push(extractValue(
      ctx,
      93
      /* ] */
    ));
    skipVoid(ctx);
    if ((c = ctx.s.charCodeAt(ctx.p++)) === 93) {
      return res;
    }
    if (c !== 44)
      TomlError.x("expected comma or end of structure", ctx, ctx.p - 1);
  }
  TomlError.x("unfinished array", ctx, startPtr);
}
var init_struct = __esm({
  "node_modules/smol-toml/dist/struct.js"() {
    init_primitive();
    init_extract();
    init_util();
    init_error();
  }
});

// node_modules/smol-toml/dist/parse.js
function peekTable(ctx, key, table3, meta, type) {
  let t = table3;
  let m = meta;
  let k;
  let hasOwn = false;
  let state;
  for (let i = 0; i < key.length; i++) {
    if (i) {
      t = hasOwn ? t[k] : t[k] = /* @__PURE__ */ Object.create(null);
      m = (state = m[k]).c;
      if (type === 0 && (state.t === 1 || state.t === 2)) {
        return null;
      }
      if (state.t === 2) {
        let l = t.length - 1;
        t = t[l];
        m = m[l].c;
      }
    }
    k = key[i];
    if ((hasOwn = Object.hasOwn(t, k)) && m[k]?.t === 0 && m[k]?.d) {
      return null;
    }
    if (!hasOwn) {
      let unsafe = k === "__proto__";
      if (ctx.uk && (unsafe || k === "constructor"))
        return false;
      if (unsafe) {
        Object.defineProperty(t, k, { enumerable: true, configurable: true, writable: true });
        Object.defineProperty(m, k, { enumerable: true, configurable: true, writable: true });
      }
      m[k] = {
        t: i < key.length - 1 && type === 2 ? 3 : type,
        d: false,
        i: 0,
        c: /* @__PURE__ */ Object.create(null)
      };
    }
  }
  state = m[k];
  if (state.t !== type && !(type === 1 && state.t === 3)) {
    return null;
  }
  if (type === 2) {
    if (!state.d) {
      state.d = true;
      t[k] = [];
    }
    t[k].push(t = /* @__PURE__ */ Object.create(null));
    state.c[state.i++] = state = { t: 1, d: false, i: 0, c: /* @__PURE__ */ Object.create(null) };
  }
  if (state.d) {
    return null;
  }
  state.d = true;
  if (type === 1) {
    t = hasOwn ? t[k] : t[k] = /* @__PURE__ */ Object.create(null);
  } else if (type === 0 && hasOwn) {
    return null;
  }
  return [k, t, state.c];
}
function validateTablePeek(ctx, peek, ptr) {
  if (peek === null || ctx.uk === 2)
    TomlError.x(peek === null ? "trying to redefine an already defined table or value" : "document contains an unsafe property", ctx, ptr);
}
function parse3(toml, options = {}) {
  let ctx = {
    s: toml,
    p: 0,
    d: options.maxDepth ?? 1e3,
    bi: options.integersAsBigInt ?? false,
    ld: options.useLegacyDate ?? true,
    uk: options.unsafeKeyBehaviour === "throw" ? 2 : options.unsafeKeyBehaviour === "drop" ? 1 : 0
  };
  let res = /* @__PURE__ */ Object.create(null);
  let meta = /* @__PURE__ */ Object.create(null);
  let tmp;
  let skipping = false;
  let tbl = res;
  let m = meta;
  if (toml.charCodeAt(0) === 65279)
    ctx.p++;
  skipVoid(ctx);
  while (ctx.p < toml.length) {
    if (toml.charCodeAt(ctx.p) === 91) {
      let isTableArray = toml.charCodeAt(++ctx.p) === 91;
      tmp = ctx.p += +isTableArray;
      skipping = false;
      let k = parseKey(
        ctx,
        93
        /* ] */
      );
      if (isTableArray) {
        if (toml.charCodeAt(ctx.p) !== 93) {
          TomlError.x("expected end of table array declaration", ctx);
        }
        ctx.p++;
      }
      let p = peekTable(
        ctx,
        k,
        res,
        meta,
        isTableArray ? 2 : 1
        /* Type.EXPLICIT */
      );
      if (!p) {
        validateTablePeek(ctx, p, tmp);
        skipping = true;
      } else {
        m = p[2];
        tbl = p[1];
      }
    } else {
      tmp = ctx.p;
      let k = parseKey(ctx);
      let p = peekTable(
        ctx,
        k,
        tbl,
        m,
        0
        /* Type.DOTTED */
      );
      if (!p && !skipping)
        validateTablePeek(ctx, p, tmp);
      skipVoid(ctx, true, true);
      let v = extractValue(ctx, void 0);
      if (p && !skipping)
        p[1][p[0]] = v;
    }
    skipVoid(ctx, true);
    if (ctx.p < toml.length && (tmp = toml.charCodeAt(ctx.p)) !== 10 && (tmp !== 13 || toml.charCodeAt(ctx.p + 1) !== 10)) {
      TomlError.x("each key-value declaration must be followed by an end-of-line", ctx);
    }
    skipVoid(ctx);
  }
  return res;
}
var init_parse2 = __esm({
  "node_modules/smol-toml/dist/parse.js"() {
    init_struct();
    init_extract();
    init_util();
    init_error();
  }
});

// node_modules/smol-toml/dist/stringify.js
var HAS_WELLFORMED;
var init_stringify = __esm({
  "node_modules/smol-toml/dist/stringify.js"() {
    HAS_WELLFORMED = !!"".isWellFormed;
  }
});

// node_modules/smol-toml/dist/index.js
var init_dist2 = __esm({
  "node_modules/smol-toml/dist/index.js"() {
    init_parse2();
    init_stringify();
    init_date();
    init_error();
  }
});

// src/project/install/pyproject.ts
function said(text2, key, value) {
  if (typeof value !== "string") return void 0;
  const line = text2.split("\n").findIndex((one) => key.test(one));
  return { text: value, line: Math.max(line, 0) + 1 };
}
function optionalSets(root) {
  const poetry = table2(root, "tool", "poetry");
  const extras = { ...table2(poetry, "extras"), ...table2(root, "project", "optional-dependencies") };
  const set = (kind, name, packages) => ({ kind, name, packages });
  return [
    ...Object.entries(extras).map(([name, list2]) => set("extra", name, texts(list2).map(packageName))),
    ...Object.entries(table2(root, "dependency-groups")).map(
      ([name, list2]) => set("group", name, texts(list2).map(packageName))
    ),
    ...Object.entries(table2(poetry, "group")).map(
      ([name, group2]) => set("group", name, Object.keys(table2(group2, "dependencies")).map(packageName))
    )
  ];
}
function packageFolders(root) {
  const setuptools = table2(root, "tool", "setuptools");
  const poetry = table2(root, "tool", "poetry").packages;
  const hatch = texts(table2(root, "tool", "hatch", "build", "targets", "wheel").packages);
  const found = [
    ...texts(table2(setuptools, "packages", "find").where),
    ...texts(table2(setuptools, "package-dir")[""]),
    ...Array.isArray(poetry) ? poetry.flatMap((one) => texts(table2(one).from)) : [],
    ...hatch.filter((path4) => path4.includes("/")).map((path4) => path4.slice(0, path4.lastIndexOf("/")))
  ];
  return [...new Set(found)].filter((path4) => path4 !== "." && path4 !== "" && !path4.startsWith(".."));
}
function parsePyproject(text2, file) {
  const root = parseToml(text2, file);
  const project = table2(root, "project");
  const poetry = table2(root, "tool", "poetry");
  const python = table2(poetry, "dependencies").python;
  const dynamic = Array.isArray(project.dynamic) && project.dynamic.includes("dependencies");
  const listed = Array.isArray(project.dependencies) && project.dependencies.length > 0;
  const optional = optionalSets(root);
  const production = (kind) => optional.filter((set) => set.kind === kind && isProductionName(set.name)).map(({ name }) => name);
  const uvVersion = table2(root, "tool", "uv")["required-version"];
  return {
    project: Object.keys(project).length > 0,
    dependencies: listed || dynamic,
    poetry: Object.keys(table2(poetry, "dependencies")).length > 0,
    requiresPython: said(text2, /^\s*requires-python\s*=/, project["requires-python"]),
    poetryPython: said(text2, /^\s*python\s*=/, isTable(python) ? python.version : python),
    productionGroups: production("group"),
    productionExtras: production("extra"),
    optional,
    uvVersion: typeof uvVersion === "string" ? uvVersion : void 0,
    packageFolders: packageFolders(root)
  };
}
function parseToml(text2, file) {
  try {
    return parse3(text2);
  } catch (error2) {
    if (!(error2 instanceof TomlError)) throw error2;
    const [reason = ""] = error2.message.split("\n", 1);
    throw new DeployError("INSTALL_FAILED", `${file} cannot be read: ${reason} (line ${error2.line}).`, {
      hint: "Fix the file; nothing can be installed from it.",
      cause: error2
    });
  }
}
var isProductionName, isTable, table2, texts;
var init_pyproject = __esm({
  "src/project/install/pyproject.ts"() {
    "use strict";
    init_dist2();
    init_errors();
    init_optional_packages();
    isProductionName = (name) => /^(production|prod|deploy|deployment)$/i.test(name);
    isTable = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
    table2 = (value, ...names2) => {
      const found = names2.reduce((inner, name) => isTable(inner) ? inner[name] : void 0, value);
      return isTable(found) ? found : {};
    };
    texts = (value) => Array.isArray(value) ? value.filter((one) => typeof one === "string") : typeof value === "string" ? [value] : [];
  }
});

// src/project/install/pixi.ts
function environmentsIn(lock) {
  const [, block = ""] = /^environments:\n((?: .*\n|\n)*)/m.exec(lock.replaceAll("\r", "")) ?? [];
  return [...block.matchAll(/^ {2}([\w-]+):/gm)].map(([, name = ""]) => name);
}
async function installPixi(io, request, lock) {
  const { root, installer } = request;
  const cwd = (0, import_node_path27.join)(root, installer.folder);
  const pixi = (...args) => ({ program: "pixi", args, cwd, env: request.env });
  if (await capture(io, pixi("--version")) === void 0) {
    throw new DeployError("INSTALL_FAILED", `There is a ${installer.file}, and pixi is not on the PATH.`, {
      hint: bringPixi
    });
  }
  const environment = environmentOf(lock);
  const stale = ' If pixi.lock is out of date, run "pixi lock" and commit it.';
  const advise = adviseInstall(`The lines above are pixi's own.${stale}`, stale);
  const of = ["--locked", "--environment", environment];
  await run2(io, "pixi install", pixi("install", ...of), "INSTALL_FAILED", advise);
  const printed = (await capture(io, pixi("shell-hook", ...of, "--json")))?.toString() ?? "";
  const variables5 = readVariables(printed);
  const prefix2 = variables5?.CONDA_PREFIX ?? (0, import_node_path27.join)(cwd, ".pixi", "envs", environment);
  const program = process.platform === "win32" ? (0, import_node_path27.join)(prefix2, "python.exe") : (0, import_node_path27.join)(prefix2, "bin", "python");
  return { program, env: { ...request.env, ...variables5 } };
}
function readVariables(printed) {
  try {
    const parsed = safeParse(shellHook, JSON.parse(printed));
    return parsed.success ? parsed.output.environment_variables : void 0;
  } catch {
    return void 0;
  }
}
var import_node_path27, shellHook, bringPixi, environmentOf;
var init_pixi = __esm({
  "src/project/install/pixi.ts"() {
    "use strict";
    import_node_path27 = require("node:path");
    init_dist();
    init_errors();
    init_shell();
    init_install_advice();
    init_pyproject();
    shellHook = object({ environment_variables: record(string(), string()) });
    bringPixi = 'Add a step "uses: prefix-dev/setup-pixi" with run-install: false before this one.';
    environmentOf = (lock) => environmentsIn(lock).find(isProductionName) ?? "default";
  }
});

// src/project/install/requirements.ts
function parseRequirements(text2) {
  const lines = text2.replace(/\\\r?\n/g, " ").split(/\r\n|\r|\n/).map((line) => line.replace(/(^|\s)#.*$/, "").trim());
  const includes = lines.flatMap(
    (line) => /^(?:-[rc]\s*|--(?:requirement|constraint)[\s=]+)(\S.*)$/.exec(line)?.[1]?.trim() ?? []
  );
  const onlyPip = lines.flatMap((line) => [...line.matchAll(pipOptions)].map((match) => match[1] ?? ""));
  return {
    includes: includes.filter((path4) => !/^[a-z]+:\/\//i.test(path4)),
    hashes: lines.some((line) => /\s--hash[=\s]|^--require-hashes$/.test(line)),
    onlyPip: [...new Set(onlyPip)]
  };
}
var pipOptions;
var init_requirements = __esm({
  "src/project/install/requirements.ts"() {
    "use strict";
    pipOptions = /(?:^|\s)(--(?:pre|prefer-binary|trusted-host|use-feature|global-option|config-settings?))(?=[\s=]|$)/g;
  }
});

// src/project/install/project-folder.ts
function foldersUp(root, workspace, folder) {
  const found = [folder];
  for (let at2 = (0, import_node_path28.join)(root, folder); at2 !== workspace && below(workspace, at2) !== void 0; ) {
    at2 = (0, import_node_path28.dirname)(at2);
    found.push((0, import_node_path28.relative)(root, at2).split(import_node_path28.sep).join("/") || ".");
  }
  return found;
}
async function readProjectFolder(root, path4) {
  const folder = (0, import_node_path28.join)(root, path4);
  const names2 = await (0, import_promises15.readdir)(folder).catch(() => []);
  const requirements = names2.includes("requirements") ? await (0, import_promises15.readdir)((0, import_node_path28.join)(folder, "requirements")).catch(() => []) : [];
  const texts2 = /* @__PURE__ */ new Map();
  for (const name of read.filter((one) => names2.includes(one))) {
    const bytes = await (0, import_promises15.readFile)((0, import_node_path28.join)(folder, name)).catch(() => void 0);
    if (bytes) texts2.set(name, decodeText(bytes));
  }
  const project = texts2.get("pyproject.toml");
  return {
    path: path4,
    absolute: folder,
    names: names2,
    requirements,
    pyproject: project === void 0 ? void 0 : parsePyproject(project, import_node_path28.posix.join(path4, "pyproject.toml")),
    text: (name) => texts2.get(name)
  };
}
async function readRequirements(path4) {
  const seen2 = /* @__PURE__ */ new Set();
  const files = [];
  const contents = [];
  const found = [];
  const visit = async (file) => {
    if (seen2.has(file)) return;
    seen2.add(file);
    const bytes = await (0, import_promises15.readFile)(file).catch(() => void 0);
    if (!bytes) return;
    const parsed = parseRequirements(decodeText(bytes));
    files.push(file);
    contents.push(bytes);
    found.push(parsed);
    for (const include of parsed.includes) await visit((0, import_node_path28.resolve)((0, import_node_path28.dirname)(file), include));
  };
  await visit(path4);
  return {
    files,
    contents,
    includes: found.flatMap(({ includes }) => includes),
    hashes: found.some(({ hashes }) => hashes),
    onlyPip: [...new Set(found.flatMap(({ onlyPip }) => onlyPip))]
  };
}
async function readOptionalFiles(root, { path: path4, names: names2, requirements }) {
  const files = [
    ...names2.filter((name) => /^requirements.*\.txt$/.test(name)),
    ...requirements.filter((name) => name.endsWith(".txt")).map((name) => `requirements/${name}`)
  ];
  return Promise.all(
    files.map(async (file) => {
      const bytes = await (0, import_promises15.readFile)((0, import_node_path28.join)(root, path4, file)).catch(() => new Uint8Array());
      const lines = decodeText(bytes).split(/\r?\n/);
      return {
        kind: "file",
        name: import_node_path28.posix.join(path4, file),
        packages: lines.map(packageName).filter((name) => name !== "")
      };
    })
  );
}
var import_promises15, import_node_path28, read;
var init_project_folder = __esm({
  "src/project/install/project-folder.ts"() {
    "use strict";
    import_promises15 = require("node:fs/promises");
    import_node_path28 = require("node:path");
    init_paths();
    init_optional_packages();
    init_pyproject();
    init_python_version();
    init_requirements();
    read = [
      "pyproject.toml",
      "uv.lock",
      "uv.toml",
      "pdm.lock",
      "Pipfile.lock",
      "pixi.lock",
      ".python-version",
      "runtime.txt"
    ];
  }
});

// src/project/install/python.ts
async function probe(io, program, search) {
  for (const cwd of [search.root, search.scratch]) {
    const answer = await capture(io, { program, args: ["-c", question], cwd, env: search.env });
    const [path4 = "", prefix2 = "", version3 = ""] = answer?.toString().trim().split(/\r?\n/) ?? [];
    if (path4 !== "" && version3 !== "") return { path: path4, prefix: prefix2, version: version3 };
  }
  return void 0;
}
async function findManaged(io, search) {
  const wanted = search.env.UV_PYTHON;
  if (!wanted) return void 0;
  const uv = (...args) => capture(io, { program: "uv", args, cwd: search.scratch, env: search.env });
  const find = async () => (await uv("python", "find", wanted))?.toString().trim();
  let path4 = await find();
  if (!path4 && await uv("python", "install", wanted)) path4 = await find();
  return path4 ? probe(io, path4, search) : void 0;
}
async function currentPython(io, search) {
  for (const program of standard) {
    const found = await probe(io, program, search);
    if (found) return found;
  }
  throw missing();
}
async function choosePython(io, search, wish, placeOf2) {
  const managed = await findManaged(io, search);
  const takes = (found) => wish.required.every((required) => meets(required, found.version));
  if (managed && takes(managed)) return managed;
  const { asked } = wish;
  const named = asked?.version.includes(".") ? [`python${minorOf(asked.version)}`] : [];
  const seen2 = managed ? [managed] : [];
  for (const program of [...named, ...standard]) {
    const found = await probe(io, program, search);
    if (!found) continue;
    if (takes(found) && (!asked || isAsked(asked, found.version))) return found;
    seen2.push(found);
  }
  const usual = seen2.find(takes);
  if (usual) return usual;
  for (const program of others) {
    const found = await probe(io, program, search);
    if (found && takes(found)) return found;
  }
  throw seen2[0] ? refused2(seen2[0], wish, placeOf2) : missing();
}
function refused2(found, wish, placeOf2) {
  const unmet = wish.required.find((required) => !meets(required, found.version));
  const { file, line, text: text2 } = unmet ?? { file: "pyproject.toml", line: 1, text: "" };
  return new DeployError(
    "PYTHON_MISSING",
    `${file} (line ${line}) asks for Python ${text2}, and this job has ${found.version} (${found.path}).`,
    {
      hint: takePython(suggest(wish)),
      at: placeOf2(file, line)
    }
  );
}
function otherPython(asked, found) {
  return `${asked.file} (line ${asked.line}) asks for Python ${asked.version}, and this job has ${found.version} (${found.path}). To build with the same one, add before this step:
${setupPython(minorOf(asked.version))}`;
}
var question, others, standard, missing;
var init_python = __esm({
  "src/project/install/python.ts"() {
    "use strict";
    init_errors();
    init_shell();
    init_python_version();
    question = 'import sys; v = sys.version_info; print(sys.executable); print(sys.prefix); print("%d.%d.%d" % v[:3] + {"alpha": "a%d", "beta": "b%d", "candidate": "rc%d"}.get(v[3], "").replace("%d", str(v[4])))';
    others = ["3.14", "3.13", "3.12", "3.11", "3.10", "3.9"].map((minor2) => `python${minor2}`);
    standard = process.platform === "win32" ? ["python"] : ["python3", "python"];
    missing = () => new DeployError("PYTHON_MISSING", "There is no Python on this runner.", {
      hint: 'Add a step "uses: actions/setup-python" with python-version before this one.'
    });
  }
});

// src/project/install/run-install.ts
function productionPlan({ kind, folder, file }, folders) {
  const own = folders.find(({ path: path4 }) => path4 === folder);
  const groups = own?.pyproject?.productionGroups ?? [];
  const extras = own?.pyproject?.productionExtras ?? [];
  const lock = own?.text(import_node_path29.posix.basename(file)) ?? "";
  if (kind === "pdm") {
    const locked = /^groups = \[([^\]]*)\]/m.exec(lock)?.[1] ?? "";
    return { groups: [], extras: extras.filter((name) => locked.includes(`"${name}"`)) };
  }
  if (kind === "pipenv") {
    const categories = [...lock.matchAll(/^ {4}"([\w-]+)": \{/gm)].map(([, name = ""]) => name);
    return { groups: categories.filter(isProductionName), extras: [] };
  }
  return { groups, extras };
}
async function runInstaller(toolchain, { installer }, title2, step) {
  const command = { ...step, cwd: (0, import_node_path29.join)(toolchain.root, installer.folder) };
  const ofLock = installer.kind === "pixi" ? "" : hints[installer.kind];
  await run2(toolchain.io, title2, command, "INSTALL_FAILED", adviseInstall(`${dependencyHint}${ofLock}`, ofLock));
}
async function syncWithUv(toolchain, plan, uv) {
  const env = { ...toolchain.env, UV_PROJECT_ENVIRONMENT: toolchain.venv, UV_PYTHON: toolchain.python };
  const groups = plan.production.groups.flatMap((group2) => ["--group", group2]);
  const extras = plan.production.extras.flatMap((extra) => ["--extra", extra]);
  const args = ["sync", "--locked", "--no-default-groups", ...groups, ...extras];
  await runInstaller(toolchain, plan, "uv sync", { program: uv, args, env });
}
async function makeUvVenv(toolchain, uv) {
  const args = ["venv", "--quiet", "--python", toolchain.python, toolchain.venv];
  await run2(
    toolchain.io,
    "uv venv",
    { program: uv, args, cwd: toolchain.root, env: toolchain.env },
    "INSTALL_FAILED",
    dependencyHint
  );
}
async function installWithTool(toolchain, plan, tool, uv) {
  const program = await findTool(toolchain, tool, uv);
  await makeUvVenv(toolchain, uv);
  const { args, env } = lockedTools[tool];
  const step = { program, args: args(plan), env: { ...activate(toolchain.env, toolchain.venv), ...env } };
  await runInstaller(toolchain, plan, `${tool} install`, step);
}
async function installWithUv(toolchain, plan, uv) {
  await makeUvVenv(toolchain, uv);
  const hashed = plan.hashes ? ["--require-hashes", "--index-strategy", "unsafe-best-match"] : [];
  const python = (0, import_node_path29.join)(scripts(toolchain.venv), "python");
  const file = (0, import_node_path29.join)(toolchain.root, plan.installer.file);
  const { groups, extras } = plan.installer.kind === "project" ? plan.production : { groups: [], extras: [] };
  const also = [
    ...extras.flatMap((extra) => ["--extra", extra]),
    ...groups.flatMap((group2) => ["--group", `${file}:${group2}`])
  ];
  const args = ["pip", "install", "--python", python, ...hashed, "-r", file, ...also];
  await runInstaller(toolchain, plan, `uv pip install -r ${plan.installer.file}`, {
    program: uv,
    args,
    env: toolchain.env
  });
}
async function installWithPip(toolchain, plan) {
  await makeVenv(toolchain, toolchain.venv);
  const file = (0, import_node_path29.join)(toolchain.root, plan.installer.file);
  const args = ["-m", "pip", "install", "--disable-pip-version-check", "--no-input", "-r", file];
  const program = (0, import_node_path29.join)(scripts(toolchain.venv), "python");
  await runInstaller(toolchain, plan, `pip install -r ${plan.installer.file}`, { program, args, env: toolchain.env });
}
async function runInstall(toolchain, plan) {
  if (plan.pip) {
    await installWithPip(toolchain, plan);
    return void 0;
  }
  const { kind } = plan.installer;
  const uv = await findUv(toolchain);
  if (kind === "uv") await syncWithUv(toolchain, plan, uv);
  else if (kind === "requirements" || kind === "project") await installWithUv(toolchain, plan, uv);
  else if (kind !== "pixi") await installWithTool(toolchain, plan, kind, uv);
  return uv;
}
var import_node_path29, dependencyHint, hints, lockedTools;
var init_run_install = __esm({
  "src/project/install/run-install.ts"() {
    "use strict";
    import_node_path29 = require("node:path");
    init_build_environment();
    init_shell();
    init_install_advice();
    init_pyproject();
    init_tools();
    dependencyHint = "The lines above are the package manager’s own. If a package needs another Python, set python-version of actions/setup-python.";
    hints = {
      uv: ' If uv.lock is out of date, run "uv lock" and commit it.',
      poetry: ' If poetry.lock is out of date, run "poetry lock" and commit it.',
      pdm: ' If pdm.lock is out of date, run "pdm lock" and commit it.',
      pipenv: ' If Pipfile.lock is out of date, run "pipenv lock" and commit it.',
      requirements: " If a package is in several indexes, uv takes the first index that has it; set UV_INDEX_STRATEGY: unsafe-best-match in env of the step to look into all.",
      project: ""
    };
    lockedTools = {
      poetry: {
        args: ({ production: { groups, extras } }) => [
          "install",
          "--only",
          ["main", ...groups].join(","),
          ...extras.flatMap((extra) => ["--extras", extra]),
          "--no-root",
          "--no-interaction",
          "--no-ansi"
        ],
        env: { POETRY_VIRTUALENVS_CREATE: "false" }
      },
      pdm: {
        args: ({ production: { extras } }) => [
          "install",
          "--check",
          "--prod",
          "--no-editable",
          ...extras.flatMap((extra) => ["--group", extra])
        ],
        env: { PDM_CHECK_UPDATE: "false", PDM_IGNORE_SAVED_PYTHON: "1", PDM_NON_INTERACTIVE: "1" }
      },
      pipenv: {
        args: ({ production: { groups } }) => [
          "install",
          "--deploy",
          ...groups.length > 0 ? ["--categories", ["packages", ...groups].join(" ")] : []
        ],
        env: { PIPENV_VERBOSITY: "-1", PIPENV_NOSPIN: "1", PIPENV_YES: "1" }
      }
    };
  }
});

// src/project/install/source-folders.ts
async function holdsPackage(path4) {
  for (const name of await namesIn(path4)) {
    if (name.endsWith(".py")) return true;
    if (!name.startsWith(".") && (await namesIn((0, import_node_path30.join)(path4, name))).some((inner) => inner.endsWith(".py"))) return true;
  }
  return false;
}
async function sourceFolders(root, folders, managePy) {
  const found = /* @__PURE__ */ new Set();
  for (const { path: path4, names: names2, pyproject } of folders) {
    if (!buildFiles.some((name) => names2.includes(name))) continue;
    for (const inner of /* @__PURE__ */ new Set(["src", ...pyproject?.packageFolders ?? []])) {
      const folder = (0, import_node_path30.join)(root, path4, inner);
      const started = (0, import_node_path30.join)(root, managePy);
      if (folder === started || below(folder, started) !== void 0) continue;
      if (await holdsPackage(folder)) found.add(folder);
    }
  }
  return [...found];
}
var import_promises16, import_node_path30, buildFiles, namesIn;
var init_source_folders = __esm({
  "src/project/install/source-folders.ts"() {
    "use strict";
    import_promises16 = require("node:fs/promises");
    import_node_path30 = require("node:path");
    init_paths();
    buildFiles = ["pyproject.toml", "setup.cfg", "setup.py"];
    namesIn = (path4) => (0, import_promises16.readdir)(path4).catch(() => []);
  }
});

// src/project/install/install.ts
async function install(request, io) {
  const { root, workspace, scratch, env } = request;
  if (request.install === "none") {
    const { path: path4 } = await currentPython(io, { root, scratch, env });
    return { python: { program: path4, env }, lockFile: void 0, optional: [] };
  }
  const paths = foldersUp(root, workspace, request.folder);
  const folders = await Promise.all(paths.map((path4) => readProjectFolder(root, path4)));
  const { installer, ignored } = chooseInstaller(folders);
  const auto = request.install === "auto";
  if (auto && !installer) throw noInstaller(folders.filter(({ path: path4 }) => !path4.startsWith("..")));
  if (auto && installer) await warnOfIgnored(io, root, installer, ignored);
  const optional = await optionalOf(root, folders, installer);
  const sources = await sourceFolders(root, folders, request.folder);
  if (auto && installer?.kind === "pixi") {
    const lock = folders.find(({ path: path4 }) => path4 === installer.folder)?.text("pixi.lock") ?? "";
    const python2 = await installPixi(io, { root, env, installer }, lock);
    return { python: withSources(python2, sources), lockFile: installer.file, optional };
  }
  const interpreter = await findPython(request, io, readPythonWish(folders));
  const venv = (0, import_node_path31.join)(scratch, "venv");
  const toolchain = { io, root, venv, python: interpreter.path, env, uvVersion: wantedUv(folders) };
  const python = withSources({ program: (0, import_node_path31.join)(scripts(venv), "python"), env: activate(env, venv) }, sources);
  if (!auto || !installer) {
    await runCommandLine(request.install, toolchain, python);
    return { python, lockFile: void 0, optional };
  }
  const machine = machineOf(request.environment);
  await installAutomatically({ io, toolchain, interpreter, installer, folders, machine });
  return { python, lockFile: installer.file, optional };
}
async function warnOfIgnored(io, root, { kind, file }, ignored) {
  const filesOf2 = async (path4) => (await readRequirements((0, import_node_path31.join)(root, path4))).files;
  const used = kind === "requirements" ? await filesOf2(file) : [];
  const others2 = [];
  for (const other of ignored) {
    const related = kind === "requirements" && other.endsWith(".txt") && (used.includes((0, import_node_path31.join)(root, other)) || (await filesOf2(other)).includes((0, import_node_path31.join)(root, file)));
    if (!related) others2.push(other);
  }
  if (others2.length > 0) {
    const verb = others2.length === 1 ? "is" : "are";
    io.warn(`Dependencies are installed from ${file}; ${listSome(others2, 3)} ${verb} not used.`);
  }
}
async function optionalOf(root, folders, installer) {
  const used = installer?.kind === "requirements" ? (await readRequirements((0, import_node_path31.join)(root, installer.file))).files : [];
  const files = await Promise.all(folders.map((folder) => readOptionalFiles(root, folder)));
  const notUsed = files.flat().filter(({ name }) => !used.includes((0, import_node_path31.join)(root, name)));
  return [...folders.flatMap(({ pyproject }) => pyproject?.optional ?? []), ...notUsed];
}
async function findPython(request, io, wish) {
  const { root, workspace, scratch, env } = request;
  const placeOf2 = (file, line) => ({
    file: below(workspace, (0, import_node_path31.join)(root, file)) ?? import_node_path31.posix.normalize(file),
    line
  });
  for (const remark of wish.remarks) io.warn(remark);
  const found = await choosePython(io, { root, scratch, env }, wish, placeOf2);
  io.info(`Python ${found.version} (${found.path})`);
  if (wish.asked && !isAsked(wish.asked, found.version)) io.warn(otherPython(wish.asked, found));
  return found;
}
async function installAutomatically(given) {
  const { io, toolchain, installer } = given;
  const { kind } = installer;
  const requirements = kind === "requirements" ? await readRequirements((0, import_node_path31.join)(toolchain.root, installer.file)) : void 0;
  const told = kind === "uv" ? { env: {}, unknown: [] } : await pipSettings(given.interpreter.prefix, toolchain.env);
  const onlyPip = requirements ? [...told.unknown, ...requirements.onlyPip] : [];
  if (onlyPip.length > 0) io.info(`pip installs, because uv does not know ${listSome(onlyPip, 3)}.`);
  const plan = {
    installer,
    production: productionPlan(installer, given.folders),
    hashes: requirements?.hashes ?? false,
    pip: onlyPip.length > 0
  };
  const ready = { ...toolchain, env: { ...told.env, ...toolchain.env } };
  const { folder } = io.cache;
  if (folder === void 0 || isKeptElsewhere(kind, toolchain.env)) return void await runInstall(ready, plan);
  const files = requirements?.contents ?? [await (0, import_promises17.readFile)((0, import_node_path31.join)(toolchain.root, installer.file))];
  const { key, prefix: prefix2 } = cacheKey({ kind, python: minorOf(given.interpreter.version), machine: given.machine, files });
  const restored = await io.cache.restore(key, prefix2, io.signal);
  const cached = { ...ready, env: { ...cacheVariables(folder), ...ready.env } };
  const uv = await runInstall(cached, plan);
  if (restored === key) return;
  if (uv) await capture(io, { program: uv, args: ["cache", "prune", "--ci"], cwd: toolchain.root, env: cached.env });
  io.cache.saveAtEnd(key);
}
async function pipSettings(prefix2, env) {
  const files = [];
  for (const path4 of pipConfigFiles(env, prefix2, process.platform)) {
    const text2 = await (0, import_promises17.readFile)(path4, "utf8").catch(() => void 0);
    if (text2 !== void 0) files.push(text2);
  }
  return forUv(readPipConfig(files, env), env, import_node_fs14.existsSync);
}
var import_node_fs14, import_promises17, import_node_path31, withSources;
var init_install = __esm({
  "src/project/install/install.ts"() {
    "use strict";
    import_node_fs14 = require("node:fs");
    import_promises17 = require("node:fs/promises");
    import_node_path31 = require("node:path");
    init_paths();
    init_text();
    init_build_environment();
    init_shell();
    init_choose_installer();
    init_command_line();
    init_package_cache();
    init_pip_config();
    init_pixi();
    init_project_folder();
    init_python();
    init_python_version();
    init_run_install();
    init_source_folders();
    init_uv_version();
    withSources = ({ program, env }, sources) => ({
      program,
      env: withPythonPath(env, sources)
    });
  }
});

// src/project/checkout/git.ts
function gitIn(io, folder, env) {
  const safe = {
    ...env,
    GIT_CONFIG_COUNT: "2",
    GIT_CONFIG_KEY_0: "safe.directory",
    GIT_CONFIG_VALUE_0: "*",
    GIT_CONFIG_KEY_1: "core.quotePath",
    GIT_CONFIG_VALUE_1: "false",
    GIT_TERMINAL_PROMPT: "0",
    GIT_OPTIONAL_LOCKS: "0",
    // A file name such as photo[1].jpg is a name and no pattern.
    GIT_LITERAL_PATHSPECS: "1",
    LC_ALL: "C"
  };
  const bytes = (...args) => capture(io, { program: "git", args, cwd: folder, env: safe });
  const git = async (...args) => (await bytes(...args))?.toString();
  const seconds = (text2) => text2 && /^\d+/.test(text2) ? Number.parseInt(text2, 10) : void 0;
  let shallow;
  const hasHistory = () => {
    shallow ??= git("rev-parse", "--is-shallow-repository").then((said2) => said2?.trim() === "false");
    return shallow;
  };
  return {
    async trackedFiles() {
      const listed = await git("ls-files", "--stage", "-z", "--recurse-submodules") ?? await git("ls-files", "--stage", "-z");
      return listed?.split("\0").filter(Boolean).map(parseStaged);
    },
    async changedFiles() {
      const listed = await git("diff", "--relative", "--name-only", "-z");
      return listed === void 0 ? void 0 : new Set(listed.split("\0").filter(Boolean));
    },
    async filesWith(words2) {
      const found = await git("grep", "-l", "-I", "-z", "-F", "-e", words2);
      return (found ?? "").split("\0").filter(Boolean);
    },
    works: async () => await git("--version") !== void 0,
    head: async () => (await git("rev-parse", "HEAD"))?.trim(),
    commitTime: async () => seconds(await git("log", "-1", "--format=%ct")),
    holds: async (path4) => (await git("ls-files", "-z", "--", path4) ?? "") !== "",
    content: (blob) => bytes("cat-file", "blob", blob),
    async lastChange(path4) {
      return await hasHistory() ? seconds(await git("log", "-1", "--format=%ct", "--", path4)) : void 0;
    },
    async lastChanges(path4) {
      if (!await hasHistory()) return /* @__PURE__ */ new Map();
      return parseChanges(await git("log", "--format=%x01%ct", "--name-only", "--relative", "--", path4) ?? "", path4);
    },
    async exportIgnored(paths) {
      const asked = new Set(paths.flatMap(withFolders));
      const ignored = /* @__PURE__ */ new Set();
      for (const some2 of inArguments(asked)) {
        const said2 = await git("check-attr", "-z", "export-ignore", "--", ...some2) ?? "";
        const fields = said2.split("\0");
        for (let at2 = 0; at2 + 2 < fields.length; at2 += 3) if (fields[at2 + 2] === "set") ignored.add(fields[at2] ?? "");
      }
      return new Set(paths.filter((path4) => withFolders(path4).some((one) => ignored.has(one))));
    }
  };
}
function withFolders(path4) {
  const parts = path4.split("/");
  return [...parts.slice(1).map((_, at2) => `${parts.slice(0, at2 + 1).join("/")}/`), path4];
}
function* inArguments(paths) {
  let some2 = [];
  let length = 0;
  for (const path4 of paths) {
    some2.push(path4);
    length += Buffer.byteLength(path4) + 1;
    if (length < 32e3) continue;
    yield some2;
    [some2, length] = [[], 0];
  }
  if (some2.length > 0) yield some2;
}
function parseChanges(text2, folder) {
  const changes = /* @__PURE__ */ new Map();
  let time = 0;
  for (const line of text2.split("\n")) {
    if (line.startsWith("")) time = Number(line.slice(1));
    else if (line.startsWith(`${folder}/`)) {
      const path4 = line.slice(folder.length + 1);
      if (!changes.has(path4)) changes.set(path4, time);
    }
  }
  return changes;
}
function parseStaged(line) {
  const tab = line.indexOf("	");
  const [mode = "", blob = ""] = line.slice(0, tab).split(" ");
  return { path: line.slice(tab + 1), mode, blob };
}
var init_git = __esm({
  "src/project/checkout/git.ts"() {
    "use strict";
    init_shell();
  }
});

// src/project/open-checkout.ts
async function realRoot(workspace, workingDirectory) {
  const root = await (0, import_promises18.realpath)((0, import_node_path32.join)(workspace, workingDirectory)).catch(() => void 0);
  if (root !== void 0) return root;
  throw new DeployError("PROJECT_NOT_FOUND", `There is no folder "${workingDirectory}" in the checkout.`, {
    hint: "Check out the repository first (actions/checkout), and set working-directory to the folder of the project."
  });
}
async function locate(root, workingDirectory) {
  const found = [];
  const enter = (path4, name) => !name.startsWith(".") && path4.split("/").length <= searchDepth && isOwnFolder((0, import_node_path32.join)(root, path4), name);
  for await (const entry of walk(root, enter)) {
    if (entry.path.split("/").at(-1) === "manage.py") found.push(entry.path);
  }
  const managePy = chooseManagePy(found, workingDirectory);
  return { managePy, folder: import_node_path32.posix.dirname(managePy) };
}
async function openCheckout(request, io) {
  const { inputs } = request;
  const workspace = await (0, import_promises18.realpath)(request.workspace);
  const root = await realRoot(workspace, inputs.workingDirectory);
  const located = await locate(root, inputs.workingDirectory);
  const withoutOwn = buildEnvironment(request.environment, {});
  const git = gitIn(io, root, withoutOwn);
  const whole = gitIn(io, workspace, withoutOwn);
  const time = await git.commitTime() ?? fallbackTime;
  const own = {
    SOURCE_DATE_EPOCH: String(time),
    ...request.hostVariables,
    ...inputs.settingsModule ? { DJANGO_SETTINGS_MODULE: inputs.settingsModule } : {},
    ...Object.fromEntries(Object.entries(inputs.env).map(([name, value]) => [name, value.reveal()]))
  };
  const source = await readSourceTree(git, root);
  if (!source.fromGit) io.warn(await git.works() ? noRepository : noGit);
  return { workspace, root, located, git, whole, source, time, env: buildEnvironment(request.environment, own) };
}
async function trackedInCheckout({ workspace, root, source, whole }) {
  if (!source.fromGit) return [];
  const tracked = root === workspace ? source.tracked : await whole.trackedFiles() ?? [];
  return tracked.map(({ path: path4 }) => path4);
}
var import_promises18, import_node_path32, noGit, noRepository;
var init_open_checkout = __esm({
  "src/project/open-checkout.ts"() {
    "use strict";
    import_promises18 = require("node:fs/promises");
    import_node_path32 = require("node:path");
    init_errors();
    init_own_folder();
    init_walk();
    init_artifact();
    init_contents();
    init_build_environment();
    init_git();
    init_manage_py();
    noGit = "git is not on the PATH, so the artifact holds the files as they are. Install git in the container before actions/checkout.";
    noRepository = "This is no git checkout, so the artifact holds the files as they are. Use actions/checkout.";
  }
});

// src/project/build.ts
function mediaFolder({ inputs }, root, outcome) {
  if (inputs.command !== "build" || inputs.mediaDir === void 0) return void 0;
  return inputs.mediaDir === "auto" ? outcome.project?.media_root ?? void 0 : (0, import_node_path33.join)(root, inputs.mediaDir);
}
function once(make) {
  let made;
  return () => {
    made ??= make();
    return made;
  };
}
async function build(request, io) {
  const { inputs, scratch } = request;
  const checkout = await openCheckout(request, io);
  const { workspace, root, located, git, source, env } = checkout;
  const start2 = await lookAtCheckout(checkout, request.environment);
  if (start2.withheld.length > 0)
    io.info(`Set in env: of the workflow and not given to the build: ${start2.withheld.join(", ")}`);
  const installing = { ...request, install: inputs.install, workspace, root, folder: located.folder, env };
  const { python, lockFile, optional } = await io.group("Install dependencies", () => install(installing, io));
  const before = await hook2("build-command", inputs.buildCommand, io, root, python);
  const frontEnds = inputs.buildCommand === void 0 ? await findFrontEnds(checkout) : void 0;
  const django = {
    managePy: (0, import_node_path33.join)(root, located.managePy),
    projectRoot: root,
    workspace,
    scratch: (0, import_node_path33.join)(scratch, "django"),
    checks: inputs.checks !== "off",
    migrations: inputs.migrate === "check",
    tracked: await trackedInCheckout(checkout)
  };
  const { outcome, python: started } = await io.group(
    "Django: checks and collectstatic",
    () => runDjango(io, request.steps, python, django)
  );
  const early = [...start2.findings, ...frontEndFindings(outcome, frontEnds)];
  const fatal = fatalFailure(outcome, workspace, { optional, withheld: start2.withheld, findings: early });
  if (fatal) throw new BuildFailure(fatal, outcome, workspace, early);
  const { project } = outcome;
  if (!project) throw new DeployError("INTERNAL", "Django wrote no settings.");
  const staticRoot = staticRootOf(checkout, project);
  const place3 = { workspace, staticRoot, collected: outcome.collected?.root };
  await addTracked(root, place3, [...source.tracked.map(({ path: path4 }) => path4), ...before.written]);
  const after = await hook2(
    "post-build-command",
    inputs.postBuildCommand,
    io,
    root,
    started,
    (work) => atStaticRoot(place3, work)
  );
  const findings = [...early, ...lookAtBuilt(checkout, outcome, place3)];
  const bundled = await findBundled(root, outcome.collected?.root);
  const artifact = once(async () => {
    const contents = await artifactContents(git, {
      root,
      source,
      hooks: [before, after],
      staticRoot: inputs.staticDir ? (0, import_node_path33.join)(root, inputs.staticDir) : outcome.collected?.root,
      staticPlace: inputs.staticDir ? void 0 : staticRoot,
      mediaRoot: mediaFolder(request, root, outcome),
      forAnotherJob: inputs.command === "build"
    });
    const { artifact: packed, left } = await makeArtifact({
      outcome,
      project,
      root,
      workspace,
      workingDirectory: inputs.workingDirectory,
      git,
      contents,
      time: checkout.time,
      lockFile,
      bundled,
      findings,
      format: inputs.artifactFormat,
      path: (0, import_node_path33.join)(scratch, `artifact.${inputs.artifactFormat}`)
    });
    for (const reason of left) io.warn(`Left out of the artifact: ${reason}`);
    const large = tooLarge(packed.bytes);
    if (large) io.info(large);
    return packed;
  });
  return { outcome, workspace, root, git, artifact, bundled, findings };
}
var import_node_path33, BuildFailure;
var init_build = __esm({
  "src/project/build.ts"() {
    "use strict";
    import_node_path33 = require("node:path");
    init_bundled_files();
    init_errors();
    init_artifact_size();
    init_contents();
    init_make_artifact();
    init_static_place();
    init_build_findings();
    init_django();
    init_fatal_failure();
    init_hook2();
    init_install();
    init_open_checkout();
    BuildFailure = class extends DeployError {
      outcome;
      /** Absolute, real path of the checkout. */
      workspace;
      findings;
      constructor({ code: code2, message, hint: hint2, at: at2 }, outcome, workspace, findings) {
        super(code2, message, { ...hint2 ? { hint: hint2 } : {}, ...at2 ? { at: at2 } : {} });
        this.outcome = outcome;
        this.workspace = workspace;
        this.findings = findings;
      }
    };
  }
});

// src/release/page.ts
async function load(http, url, headers, timeout2, signal) {
  const redirects = [];
  let at2 = url;
  for (; ; ) {
    let response;
    try {
      response = await http({ method: "GET", url: at2, headers, timeout: timeout2 }, signal);
    } catch (error2) {
      if (error2 instanceof HttpError) return { kind: "unreachable", error: error2 };
      throw error2;
    }
    const next = redirectTarget(response, at2);
    if (!next) return { kind: "page", url: at2, response, redirects };
    if (redirects.includes(next.href) || next.href === url) {
      return { kind: "redirects", redirects: [...redirects, next.href], reason: "circle" };
    }
    redirects.push(next.href);
    if (redirects.length > mostRedirects) return { kind: "redirects", redirects, reason: "too many" };
    if (new URL(at2).protocol === "https:" && next.protocol !== "https:" && !isLoopback(next.hostname)) {
      return { kind: "redirects", redirects, reason: "downgrade" };
    }
    at2 = next.href;
  }
}
function redirectTarget({ status, headers }, at2) {
  const { location } = headers;
  if (![301, 302, 303, 307, 308].includes(status) || location === void 0 || !URL.canParse(location, at2))
    return void 0;
  const next = new URL(location, at2);
  return /^https?:$/.test(next.protocol) ? next : void 0;
}
function diagnose(loaded) {
  if (loaded.kind === "unreachable") return unreachable(loaded.error);
  if (loaded.kind === "redirects") return redirected(loaded);
  const { response, url } = loaded;
  const host = new URL(url).hostname;
  const { status } = response;
  if (status >= 200 && status < 300) return void 0;
  if (status === 400) {
    return `it answers 400: Django does not know the host "${host}" (DisallowedHost). Add it to ALLOWED_HOSTS.`;
  }
  if (status === 401 || status === 403) {
    return `it answers ${status}: the page asks who you are. Set health-path to a page that everybody may see.`;
  }
  if (status === 404) return "it answers 404: there is no such page. Set health-path to one that there is.";
  if (status === 429) return "it answers 429: the host limits how often it may be asked.";
  if (status === 502 || status === 503 || status === 504) {
    return `it answers ${status}: the host is there and the app behind it is not (yet). Look at the host's log.`;
  }
  if (status >= 500) {
    const body = new TextDecoder().decode(response.body).replace(/&(#x27|#39|quot|lt|gt|amp);/g, (name) => entities2[name] ?? name);
    const entry = /Missing staticfiles manifest entry for [^<\n]+/.exec(body)?.[0];
    const why = entry ? `${entry}.` : "A template that names a static file which collectstatic did not find does that; look at the app's log.";
    return `it answers ${status}: the app fails. ${why}`;
  }
  return `it answers ${status}.`;
}
function unreachable(error2) {
  const advice = {
    refused: "Nothing listens there (yet).",
    unresolved: "The name does not resolve: check the input url and the DNS record.",
    timeout: "Check that the app is up and its firewall lets GitHub’s runners in.",
    reset: "The connection was cut while it answered.",
    tls: "Its certificate is not valid for this name (yet).",
    blocked: "Such an address is never asked.",
    other: ""
  }[error2.failure];
  return `it does not answer (${error2.message}). ${advice}`.trim();
}
function redirected({ redirects, reason }) {
  const last = redirects.at(-1);
  if (reason === "downgrade") return `it leads from https to ${last}, which is not followed.`;
  const advice = 'Behind a proxy SECURE_SSL_REDIRECT needs SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https").';
  return `it redirects ${reason === "circle" ? "in a circle" : "too often"} (${last}). ${advice}`;
}
function fromCache(response) {
  const { age } = response.headers;
  const hit = response.headers["x-cache"] ?? response.headers["cf-cache-status"] ?? "";
  if (Number(age) > 0) return `Age: ${age}`;
  return /hit/i.test(hit) ? hit : void 0;
}
var mostRedirects, loadPage, entities2;
var init_page = __esm({
  "src/release/page.ts"() {
    "use strict";
    init_http_error();
    init_loopback();
    mostRedirects = 5;
    loadPage = (http, url, timeout2, signal) => load(http, url, { accept: "text/html,*/*;q=0.8", "cache-control": "no-cache" }, timeout2, signal);
    entities2 = {
      "&#x27;": "'",
      "&#39;": "'",
      "&quot;": '"',
      "&lt;": "<",
      "&gt;": ">",
      "&amp;": "&"
    };
  }
});

// src/release/release-to-host.ts
function surelyNotTaken(error2) {
  if (error2 instanceof HttpError) return !error2.sent;
  return error2 instanceof HostAnswerError && (error2.status < 500 || error2.status === 503);
}
function hostError(error2, title2, asked) {
  if (error2 instanceof DeployError) return error2;
  if (!(error2 instanceof HostAnswerError || error2 instanceof HttpError)) throw error2;
  const what = {
    deploy: "did not take the request",
    status: "does not say how its deploy goes",
    service: "could not be asked for the service",
    teardown: "did not take the preview away"
  }[asked];
  const refused3 = asked === "service" || asked === "teardown" || asked === "deploy" && surelyNotTaken(error2);
  const hint2 = error2 instanceof HttpError ? "Check deploy-hook or api-url, and whether the host is up." : hints2[error2.status] ?? "Look at the host’s status page and log, and run the job again.";
  return new DeployError(refused3 ? "HOST_REFUSED" : "HOST_UNCLEAR", `${title2} ${what}: ${error2.message}.`, {
    hint: refused3 ? hint2 : `${hint2} It may be deploying all the same.`,
    cause: error2
  });
}
function againForTrigger(error2) {
  if (error2 instanceof HttpError) return !error2.sent;
  if (error2 instanceof HostAnswerError && (error2.status === 429 || error2.status === 503))
    return error2.retryAfter ?? true;
  return false;
}
async function releaseTo(host, title2, request, deadline, io) {
  const policy2 = { attempts: 4, base: 2e3, cap: 3e4, until: deadline, again: againForTrigger };
  const onRetry = (error2, attempt, wait) => io.onLine(`${title2}: ${error2.message}; attempt ${attempt} of 4, the next in ${formatDuration(wait)}`);
  let release;
  try {
    release = await retry(() => host.trigger(request, hostIO(io)), policy2, { ...io, onRetry }, io.signal);
  } catch (error2) {
    io.signal.throwIfAborted();
    throw hostError(error2, title2, "deploy");
  }
  io.onLine(`${title2} took the request${release.id ? ` (${release.id})` : ""}`);
  if (!host.status) return { phase: "asked", release };
  try {
    return await follow(host, title2, release, deadline, io);
  } catch (error2) {
    if (io.signal.aborted) await cancel(host, release, io);
    throw error2;
  }
}
async function cancel(host, release, io) {
  try {
    await host.cancel?.(release, hostIO(io, AbortSignal.timeout(5e3)));
  } catch {
    io.onLine("The host did not cancel its deploy.");
  }
}
async function follow(host, title2, begun, deadline, io) {
  let release = begun;
  let failures2 = 0;
  let said2 = "";
  let logged = io.clock.now();
  for (let round = 1; ; round++) {
    let status;
    let asked = 0;
    try {
      status = await host.status?.(release, hostIO(io));
      failures2 = 0;
    } catch (error2) {
      io.signal.throwIfAborted();
      asked = error2 instanceof HostAnswerError && error2.retryAfter || 0;
      if (asked === 0) failures2 += 1;
      if (!mayPass2(error2) || failures2 >= mostFailures) throw hostError(error2, title2, "status");
    }
    if (status) {
      release = {
        ...release,
        ...status.id ? { id: status.id } : {},
        ...status.logUrl ? { logUrl: status.logUrl } : {}
      };
      const outcome = await conclude(host, title2, release, status, io);
      if (outcome) return outcome;
      if (status.phase !== said2 || io.clock.now() - logged >= logEvery) {
        said2 = status.phase;
        logged = io.clock.now();
        io.onLine(`${title2}: ${said2} (${formatDuration(io.clock.now() - release.startedAt)})`);
      }
    }
    const wait = Math.max(asked, backoff(round, firstWait2, longestWait2, io.random));
    if (io.clock.now() + wait >= deadline) throw tooLate(title2, release, said2, io);
    await io.clock.sleep(wait, io.signal);
  }
}
async function conclude(host, title2, release, status, io) {
  if (status.phase === "superseded") return { phase: "superseded", release, by: status.by };
  if (status.phase === "live") {
    if (status.commit !== void 0 && status.commit !== release.sha)
      return { phase: "superseded", release, by: status.commit };
    const hostSays = `${title2} says that ${release.id ?? "the deploy"} is live${status.commit ? ` with ${status.commit.slice(0, 12)}` : ""}`;
    return { phase: "live", release: { ...release, ...status.url ? { url: status.url } : {} }, hostSays };
  }
  if (status.phase === "failed" || status.phase === "cancelled") {
    const lines = await lastLines(host, release, io);
    const log = lines.length > 0 ? [" Its last lines:", ...lines.map((line) => `  ${line}`)] : [""];
    throw new DeployError("HOST_FAILED", `The deploy at ${title2} ended: ${status.reason}.${log.join("\n")}`, {
      hint: release.logUrl ? `The whole log is at ${release.logUrl}` : "Look at the log of the host."
    });
  }
  return void 0;
}
async function lastLines(host, release, io) {
  if (!host.logs) return [];
  const tail = new Tail(15, io.redactor);
  try {
    for await (const line of host.logs(release, hostIO(io))) tail.push(Buffer.from(`${line}
`));
  } catch {
    io.signal.throwIfAborted();
  }
  return tail.lines();
}
function tooLate(title2, release, said2, io) {
  const waited = formatDuration(io.clock.now() - release.startedAt);
  return new DeployError("NOT_PROVEN", `The deploy at ${title2} is still ${said2 || "not to be seen"} after ${waited}.`, {
    hint: `Raise timeout, or look why it takes so long${release.logUrl ? ` at ${release.logUrl}` : ""}.`
  });
}
var firstWait2, longestWait2, logEvery, mostFailures, hostIO, hints2, mayPass2;
var init_release_to_host = __esm({
  "src/release/release-to-host.ts"() {
    "use strict";
    init_errors();
    init_http_error();
    init_host();
    init_retry();
    init_tail();
    init_text();
    firstWait2 = 2e3;
    longestWait2 = 1e4;
    logEvery = 3e4;
    mostFailures = 10;
    hostIO = (io, signal = io.signal) => ({
      request: (request) => io.http(request, signal),
      now: () => io.clock.now()
    });
    hints2 = {
      401: "The credential is wrong or was revoked. Make a new one at the host and put it into the secret.",
      403: "The credential may not deploy this service. Give it that right, or use one that has it.",
      404: "Nothing is there (any more). Check service, or copy the deploy hook again from the host.",
      429: "The host limits how often it may be asked. Run the job again in some minutes."
    };
    mayPass2 = (error2) => error2 instanceof HttpError || error2 instanceof HostAnswerError && (error2.status === 429 || error2.status >= 500);
  }
});

// src/release/before.ts
async function readPage(url, healthPath, io) {
  const load2 = await loadPage(io.http, url + healthPath, 3e4, io.signal);
  return load2.kind === "page" && diagnose(load2) === void 0 ? new TextDecoder().decode(load2.response.body) : void 0;
}
async function findUrl(given, choice, io) {
  const url = given ?? await choice?.host.url?.(hostIO(io)).catch(() => void 0);
  if (!url) return void 0;
  return (/^https?:\/\//.test(url) ? url : `https://${url}`).replace(/\/+$/, "");
}
async function lookBefore(given, healthPath, choice, io) {
  const url = await findUrl(given, choice, io);
  return { url, page: url === void 0 ? void 0 : await readPage(url, healthPath, io) };
}
var init_before = __esm({
  "src/release/before.ts"() {
    "use strict";
    init_page();
    init_release_to_host();
  }
});

// src/sync/checked-root.ts
async function checkedRoot(folder, input) {
  const root = await (0, import_promises19.realpath)(folder).catch(() => void 0);
  if (root === void 0 || !(await (0, import_promises19.lstat)(root)).isDirectory()) {
    throw new DeployError("INVALID_INPUTS", `${input}: there is no folder "${folder}".`, {
      hint: "Write the folder that holds the files, relative to working-directory."
    });
  }
  const mark = [".git", "manage.py"].find((name) => (0, import_node_fs15.existsSync)((0, import_node_path34.join)(root, name)));
  const place3 = root === (0, import_node_path34.parse)(root).root ? "the root of the disk" : root === (0, import_node_os.homedir)() ? "a home" : mark && `a folder with ${mark} in it`;
  if (place3) {
    throw new DeployError("FILES_REFUSED", `${input}: "${folder}" is ${place3}, and no folder of public files.`, {
      hint: "Name the folder that holds nothing but files for the bucket."
    });
  }
  return root;
}
var import_node_fs15, import_promises19, import_node_os, import_node_path34;
var init_checked_root = __esm({
  "src/sync/checked-root.ts"() {
    "use strict";
    import_node_fs15 = require("node:fs");
    import_promises19 = require("node:fs/promises");
    import_node_os = require("node:os");
    import_node_path34 = require("node:path");
    init_errors();
  }
});

// src/sync/content-reader.ts
async function digest(handle, block) {
  const sum = (0, import_node_crypto17.createHash)("md5");
  let size = 0;
  for (; ; ) {
    const { bytesRead } = await handle.read(block, 0, block.length, size);
    if (bytesRead === 0) return { md5: sum.digest("hex"), size };
    sum.update(block.subarray(0, bytesRead));
    size += bytesRead;
  }
}
function createReader(headSize) {
  const buffer2 = Buffer.allocUnsafe(blockSize);
  return {
    readNow(path4) {
      const file = (0, import_node_fs16.openSync)(path4, flags);
      try {
        const stat6 = (0, import_node_fs16.fstatSync)(file);
        if (!stat6.isFile()) return void 0;
        if (stat6.size >= blockSize) return "large";
        let size = 0;
        for (; ; ) {
          const read2 = (0, import_node_fs16.readSync)(file, buffer2, size, blockSize - size, size);
          if (read2 === 0) break;
          size += read2;
          if (size === blockSize) return "large";
        }
        const head = buffer2.subarray(0, size);
        return { md5: (0, import_node_crypto17.hash)("md5", head), size, modified: stat6.mtimeMs, head };
      } finally {
        (0, import_node_fs16.closeSync)(file);
      }
    },
    async readLarge(path4) {
      const handle = await (0, import_promises20.open)(path4, flags);
      try {
        const stat6 = await handle.stat();
        if (!stat6.isFile()) return void 0;
        const block = Buffer.allocUnsafe(blockSize);
        const head = Buffer.alloc(headSize);
        const { bytesRead } = await handle.read(head, 0, headSize, 0);
        return {
          ...await digest(handle, block),
          modified: stat6.mtimeMs,
          head: head.subarray(0, bytesRead)
        };
      } finally {
        await handle.close();
      }
    }
  };
}
var import_node_crypto17, import_node_fs16, import_promises20, blockSize, flags;
var init_content_reader = __esm({
  "src/sync/content-reader.ts"() {
    "use strict";
    import_node_crypto17 = require("node:crypto");
    import_node_fs16 = require("node:fs");
    import_promises20 = require("node:fs/promises");
    blockSize = 1024 * 1024;
    flags = import_node_fs16.constants.O_RDONLY | (import_node_fs16.constants.O_NOFOLLOW ?? 0) | (import_node_fs16.constants.O_NONBLOCK ?? 0);
  }
});

// src/sync/content-type.ts
function ending2(path4) {
  const name = withoutHash2(path4.split("/").at(-1) ?? "");
  const dot = name.lastIndexOf(".");
  return dot <= 0 ? "" : name.slice(dot + 1).toLowerCase();
}
function sniff(head) {
  if (head[0] === 71 && head[188] === 71) return "mpeg-ts";
  if (head.includes(0)) return "binary";
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(head, { stream: true });
    return "text";
  } catch {
    return "binary";
  }
}
function contentType(path4, sniffed) {
  const end = ending2(path4);
  const name = withoutHash2(path4.split("/").at(-1) ?? "").toLowerCase();
  let type = names.get(name) ?? types.get(end) ?? (end === "" ? void 0 : (0, import_mime_types.lookup)(end) || void 0);
  if (end === "ts") type = sniffed === "mpeg-ts" ? "video/mp2t" : "text/plain";
  if (end === "" && type === void 0 && sniffed === "text") type = "text/plain";
  type ??= "application/octet-stream";
  return withCharset.test(type) ? `${type}; charset=utf-8` : type;
}
function headersOf(path4, kind, immutable, sniffed, ruled = {}) {
  const type = ruled.contentType ?? contentType(path4, sniffed);
  const contentEncoding = ruled.contentEncoding ?? (ending2(path4) === "svgz" ? "gzip" : "");
  const contentDisposition = ruled.contentDisposition ?? (kind === "media" && active.test(type) ? "attachment" : "");
  const standard2 = kind === "media" ? hour : immutable ? year : revalidate;
  return {
    contentType: type,
    cacheControl: ruled.cacheControl ?? standard2,
    ...contentEncoding ? { contentEncoding } : {},
    ...contentDisposition ? { contentDisposition } : {},
    ...ruled.contentLanguage ? { contentLanguage: ruled.contentLanguage } : {}
  };
}
var import_mime_types, types, names, withCharset, withoutHash2, needsSniffing, year, revalidate, hour, active;
var init_content_type = __esm({
  "src/sync/content-type.ts"() {
    "use strict";
    import_mime_types = require("./mime-types.cjs");
    types = new Map(
      Object.entries({
        // mime-db says application/node, which browsers refuse to run.
        cjs: "text/javascript",
        js: "text/javascript",
        mjs: "text/javascript",
        // RFC 9639 registered it in 2024; mime-db still has x-flac.
        flac: "audio/flac",
        wav: "audio/wav",
        m4a: "audio/mp4",
        opus: "audio/ogg",
        ico: "image/vnd.microsoft.icon",
        // The XML itself declares its encoding, so it is not text/xml with a charset.
        xml: "application/xml",
        topojson: "application/json",
        map: "application/json",
        gz: "application/gzip",
        tgz: "application/gzip",
        svgz: "image/svg+xml",
        exe: "application/octet-stream",
        dmg: "application/octet-stream",
        bin: "application/octet-stream",
        pbf: "application/octet-stream"
      })
    );
    names = /* @__PURE__ */ new Map([["apple-app-site-association", "application/json"]]);
    withCharset = /^text\//;
    withoutHash2 = (name) => name.replace(/\.[0-9a-f]{12}$/, "");
    needsSniffing = (path4) => ["", "ts"].includes(ending2(path4));
    year = "public, max-age=31536000, immutable";
    revalidate = "public, max-age=0, must-revalidate";
    hour = "public, max-age=3600";
    active = /^text\/html\b|[/+]xml\b|^(text|application)\/(x-)?javascript\b|^message\/rfc822\b|flash|^application\/wasm\b/i;
  }
});

// src/sync/guard.ts
function refuseContent(head, size) {
  if (head.subarray(0, 16).toString("latin1") === "SQLite format 3\0") return "an SQLite database";
  if (size > sniffLimit) return void 0;
  if (head.includes("PRIVATE KEY") && privateKey.test(head.toString("latin1"))) return "a private key";
  if (head.includes("AKIA") && awsKeyId.test(head.toString("latin1"))) return "an AWS access key";
  if (head.includes("SECRET_KEY") && djangoSecret.test(head.toString("latin1"))) return "a SECRET_KEY";
  return void 0;
}
var refusedNames, sniffLimit, privateKey, awsKeyId, djangoSecret;
var init_guard = __esm({
  "src/sync/guard.ts"() {
    "use strict";
    refusedNames = [
      "**/.env*",
      "**/.env*/**",
      "**/{.git,.hg,.svn,.aws,.ssh,__pycache__}/**",
      "**/{.npmrc,.pypirc,.netrc,.htpasswd}",
      "**/*.{py,pyc,sqlite3,db,sql,dump,bak,pem,key,p12,pfx,ppk,kdbx}",
      "**/*.{sql,dump,bak}.{gz,bz2,xz,zip}",
      "**/id_{rsa,dsa,ecdsa,ed25519}*",
      "**/{credentials,gha-creds-}*.json",
      "**/*.tfstate*",
      "**/docker-compose*.{yml,yaml}"
    ];
    sniffLimit = 256 * 1024;
    privateKey = /-----BEGIN [A-Z ]*PRIVATE KEY( BLOCK)?-----(\s|\\n)+([A-Za-z-]+: [^\n]*\n\s*)*[A-Za-z0-9+/=\s\\]{64}/;
    awsKeyId = /\bAKIA(?!IOSFODNN7EXAMPLE)[0-9A-Z]{16}\b/;
    djangoSecret = /^\s*(export\s+)?SECRET_KEY(\s*=\s*['"]|=[^\s'"(]{8})/m;
  }
});

// src/sync/scan.ts
function isTwin(path4, paths) {
  return twin.test(path4) && paths.has(path4.replace(twin, ""));
}
async function findFiles(folder, allow, input) {
  const root = await checkedRoot(folder, input);
  const allows = globs(allow);
  const refuses = globs(refusedNames);
  const refused3 = [];
  const left = [];
  const all = [];
  for await (const entry of walk(root)) all.push(entry);
  const undecodable = all.filter(({ path: path4 }) => path4.includes("�")).map(({ path: path4 }) => JSON.stringify(path4));
  if (undecodable.length > 0) {
    const names2 = listSome(undecodable, 5);
    throw new DeployError("KEYS_INVALID", `Names in ${folder} are not UTF-8: ${names2}.`, { hint: "Rename them." });
  }
  const twins = all.some(({ path: path4 }) => twin.test(path4));
  const paths = new Set(twins ? all.map(({ path: path4 }) => path4) : []);
  const entries2 = [];
  for (const { path: path4, kind } of all) {
    const allowed2 = allows(path4);
    if (kind === "other") left.push(`${path4}: neither a file nor a folder`);
    else if (isTwin(path4, paths)) left.push(`${path4}: a compressed twin for servers that choose`);
    else if (!allowed2 && refuses(path4)) refused3.push({ path: path4, reason: "its name", allowable: true });
    else entries2.push({ path: path4, kind, allowed: allowed2 });
  }
  return { root, entries: entries2, left, refused: refused3 };
}
async function linkTarget(root, path4) {
  const target = await (0, import_promises21.realpath)((0, import_node_path35.join)(root, path4)).catch(() => void 0);
  return target?.startsWith(root + import_node_path35.sep) ? target : void 0;
}
async function readFiles({ root, entries: entries2, refused: refused3 }, signal) {
  const reader = createReader(sniffLimit);
  const refusals2 = [...refused3];
  const files = new Array(entries2.length);
  const large = [];
  const take = (index, target, content) => {
    const { path: path4, allowed: allowed2 } = entries2[index];
    if (!content) return void refusals2.push({ path: path4, reason: "a link to something that is no file", allowable: false });
    const { md5, size, modified, head } = content;
    const reason = allowed2 ? void 0 : refuseContent(head, size);
    if (reason) refusals2.push({ path: path4, reason, allowable: true });
    const sniffed = needsSniffing(path4) ? sniff(head.subarray(0, 4096)) : void 0;
    files[index] = { path: path4, target, size, modified, md5, sniffed };
  };
  let began = performance.now();
  for (const [index, { path: path4, kind }] of entries2.entries()) {
    if (performance.now() - began > turn) {
      await (0, import_promises22.setImmediate)();
      signal.throwIfAborted();
      began = performance.now();
    }
    const target = kind === "link" ? await linkTarget(root, path4) : void 0;
    if (kind === "link" && target === void 0) {
      refusals2.push({ path: path4, reason: "a link that is broken or leads out of the folder", allowable: false });
      continue;
    }
    const content = readNow(reader, root, path4, target);
    if (content === "large") large.push({ index, target });
    else take(index, target, content);
  }
  signal.throwIfAborted();
  await mapLimit(large, largeAtOnce, signal, async ({ index, target }) => {
    const { path: path4 } = entries2[index];
    const content = await reader.readLarge(fileOf(root, { path: path4, target })).catch((error2) => {
      throw unreadable(path4, error2);
    });
    take(index, target, content);
  });
  if (refusals2.length > 0) throw refusal(refusals2, root);
  return files.filter((file) => file !== void 0);
}
function readNow(reader, root, path4, target) {
  try {
    return reader.readNow(fileOf(root, { path: path4, target }));
  } catch (error2) {
    throw unreadable(path4, error2);
  }
}
function unreadable(path4, { code: code2 }) {
  return new DeployError("UPLOAD_FAILED", `${path4} cannot be read: ${code2}.`, {
    hint: "Give the runner the right to read it, or take it away."
  });
}
function refusal(refused3, folder) {
  const lines = refused3.slice(0, 10).map(({ path: path4, reason }) => `  ${path4}: ${reason}`);
  const more = refused3.length > 10 ? [`  and ${refused3.length - 10} more`] : [];
  const title2 = `${plural(refused3.length, "file")} in ${folder} should not become public:`;
  const allowable = refused3.filter((one) => one.allowable).map(({ path: path4 }) => path4);
  const allow = `, or name the ones that may be public in allow-files: ${listSome(allowable, 3, " ")}`;
  return new DeployError("FILES_REFUSED", [title2, ...lines, ...more].join("\n"), {
    hint: `Nothing was uploaded. Take them away${allowable.length > 0 ? allow : ""}`
  });
}
var import_promises21, import_node_path35, import_promises22, fileOf, twin, largeAtOnce, turn;
var init_scan = __esm({
  "src/sync/scan.ts"() {
    "use strict";
    import_promises21 = require("node:fs/promises");
    import_node_path35 = require("node:path");
    import_promises22 = require("node:timers/promises");
    init_errors();
    init_globs();
    init_map_limit();
    init_text();
    init_walk();
    init_checked_root();
    init_content_reader();
    init_content_type();
    init_guard();
    fileOf = (root, { path: path4, target }) => target ?? `${root}/${path4}`;
    twin = /\.(gz|br)$/;
    largeAtOnce = 4;
    turn = 10;
  }
});

// src/project/checkout/changed-at.ts
async function changedAt(planned2, workspace, git) {
  const file = fileOf(planned2.source.root, planned2.file);
  if (below(workspace, file) === void 0 || !await git.holds(file)) return planned2.file.modified;
  const seconds = await git.lastChange(file);
  return seconds === void 0 ? void 0 : seconds * 1e3;
}
var checkoutGit;
var init_changed_at = __esm({
  "src/project/checkout/changed-at.ts"() {
    "use strict";
    init_paths();
    init_scan();
    init_build_environment();
    init_git();
    checkoutGit = ({ exec: exec2, env, signal }, folder) => gitIn({ exec: exec2, signal }, folder, buildEnvironment(env, {}));
  }
});

// src/assets/manifest.ts
function parseManifest(text2) {
  let value;
  try {
    value = JSON.parse(text2);
  } catch {
    return void 0;
  }
  const { version: version3, paths } = value ?? {};
  if (version3 !== "1.0" && version3 !== "1.1" || typeof paths !== "object" || paths === null) return void 0;
  return new Map(Object.entries(paths).filter((entry) => typeof entry[1] === "string"));
}
async function loadManifest(path4) {
  if (path4 === void 0) return void 0;
  const text2 = await (0, import_promises23.readFile)(path4, "utf8").catch(() => void 0);
  return text2 === void 0 ? void 0 : parseManifest(text2);
}
var import_promises23;
var init_manifest = __esm({
  "src/assets/manifest.ts"() {
    "use strict";
    import_promises23 = require("node:fs/promises");
  }
});

// src/project/artifact/unpack.ts
function invalid(path4, why, cause) {
  return new DeployError("ARTIFACT_INVALID", `The artifact ${path4} ${why}.`, {
    hint: 'Give the input artifact the file that "command: build" wrote (its output artifact-path), as actions/download-artifact gave it back.',
    cause
  });
}
async function findArchive(path4) {
  const found = await (0, import_promises24.stat)(path4).catch(() => void 0);
  if (!found) throw invalid(path4, "is not there");
  if (!found.isDirectory()) return path4;
  const archives = (await (0, import_promises24.readdir)(path4)).filter((name) => /\.(tar\.gz|zip)$/.test(name));
  const [only, ...others2] = archives;
  if (only === void 0) throw invalid(path4, "is a folder without a tar.gz or zip in it");
  if (others2.length > 0) throw invalid(path4, `is a folder with ${archives.length} archives in it`);
  return (0, import_node_path36.join)(path4, only);
}
async function entriesOf(path4) {
  const file = await (0, import_promises24.open)(path4);
  const { buffer: head } = await file.read(Buffer.alloc(2), 0, 2, 0).finally(() => file.close());
  if (head.toString("latin1") === "PK") return unpackZip(path4);
  if (head.readUInt16BE() === 8075) return unpackTar(path4);
  throw invalid(path4, "is neither a tar.gz nor a zip");
}
async function readFirst(path4, entries2) {
  const { value: first } = await entries2.next();
  if (first?.path !== recordPath || first.kind !== "file") throw invalid(path4, 'was not made by "command: build"');
  const bytes = await (0, import_consumers.buffer)(first.content);
  const record2 = bytes.length <= largestRecord ? readRecord(bytes.toString("utf8")) : void 0;
  if (!record2) throw invalid(path4, `has a ${recordPath} that this version of the action cannot read`);
  return record2;
}
async function unpackArtifact(given, folder) {
  const path4 = await findArchive(given);
  try {
    const entries2 = await entriesOf(path4);
    const record2 = await readFirst(path4, entries2);
    const missing2 = new Set(Object.keys(record2.files));
    for await (const entry of entries2) {
      if (!isSafePath(entry.path)) throw invalid(path4, `has an entry ${JSON.stringify(entry.path)}`);
      if (entry.kind === "link") continue;
      if (entry.kind !== "file" || !missing2.delete(entry.path))
        throw invalid(path4, `has an entry "${entry.path}" that its record does not name`);
      const file = isWanted(record2, entry.path) ? (0, import_node_path36.join)(folder(record2), entry.path) : void 0;
      if (file !== void 0) await (0, import_promises24.mkdir)((0, import_node_path36.dirname)(file), { recursive: true });
      const { sha256: sha2562 } = await measure(entry.content, file);
      if (sha2562 !== record2.files[entry.path])
        throw invalid(path4, `has other bytes in "${entry.path}" than its record says`);
    }
    const [lost] = missing2;
    if (lost !== void 0) throw invalid(path4, `has no "${lost}", which its record names`);
    const whole = await measure((0, import_node_fs17.createReadStream)(path4));
    return { artifact: { path: path4, ...whole, files: Object.keys(record2.files).length }, record: record2 };
  } catch (error2) {
    if (error2 instanceof DeployError) throw error2;
    throw invalid(path4, `cannot be read: ${error2 instanceof Error ? error2.message : error2}`, error2);
  }
}
var import_node_fs17, import_promises24, import_node_path36, import_consumers, largestRecord, isWanted;
var init_unpack = __esm({
  "src/project/artifact/unpack.ts"() {
    "use strict";
    import_node_fs17 = require("node:fs");
    import_promises24 = require("node:fs/promises");
    import_node_path36 = require("node:path");
    import_consumers = require("node:stream/consumers");
    init_errors();
    init_archive_tar();
    init_archive_zip();
    init_checksum();
    init_record();
    largestRecord = 64 * 1024 * 1024;
    isWanted = ({ static: collected, media }, path4) => [collected?.folder, media?.folder].some((folder) => folder !== void 0 && path4.startsWith(`${folder}/`));
  }
});

// src/commands/stages/artifact-stage.ts
function refuseOtherCommit({ commit }, sha) {
  if (commit === sha) return;
  const made = commit === null ? "of files outside git" : `of commit ${commit.slice(0, 12)}`;
  throw new DeployError(
    "ARTIFACT_INVALID",
    `The artifact was made ${made}, and this run deploys ${sha.slice(0, 12)}.`,
    {
      hint: `Build and deploy in one run of one workflow. In pull requests set ref of actions/checkout to \${{ github.event.pull_request.head.sha }}.`
    }
  );
}
async function artifactStage({ context, scratch }, path4) {
  const workspace = (0, import_node_path37.join)(scratch, "release");
  const folderOf3 = (record3) => (0, import_node_path37.join)(workspace, record3.workingDirectory);
  const { artifact, record: record2 } = await unpackArtifact((0, import_node_path37.resolve)(context.workspace, path4), folderOf3);
  refuseOtherCommit(record2, context.sha);
  const root = folderOf3(record2);
  const inRoot = (inside) => inside === null ? null : (0, import_node_path37.join)(root, inside);
  const { static: collected, media } = record2;
  const outcome = {
    ...withWorkspace(record2.outcome, workspace),
    collected: collected && { root: (0, import_node_path37.join)(root, collected.folder), manifest: inRoot(collected.manifest) }
  };
  const manifest = await loadManifest(outcome.collected?.manifest ?? void 0);
  const seconds = (file) => media?.changed[file];
  return {
    value: {
      outcome,
      workspace,
      root,
      artifact,
      names: hashedNames(manifest),
      bundled: new Set(record2.bundled),
      findings: record2.findings,
      mediaFolder: media ? (0, import_node_path37.join)(root, media.folder) : void 0,
      changedAt: async ({ file }) => {
        const changed = seconds(file.path);
        return changed === void 0 ? void 0 : changed * 1e3;
      }
    },
    facts: { artifact },
    result: `${plural(artifact.files, "file")}, ${formatBytes(artifact.bytes)}, every one as it was built; Django ${record2.django} on Python ${record2.python}`
  };
}
var import_node_path37;
var init_artifact_stage = __esm({
  "src/commands/stages/artifact-stage.ts"() {
    "use strict";
    import_node_path37 = require("node:path");
    init_hashed_names();
    init_manifest();
    init_errors();
    init_text();
    init_record();
    init_unpack();
  }
});

// src/commands/stages/build-stage.ts
async function buildStage(run3) {
  const { ports, inputs, context, scratch, recorder } = run3;
  const later = [];
  let output = createOutput(ports.write, ports.redactor);
  const io = {
    exec: ports.exec,
    signal: ports.signal,
    redactor: ports.redactor,
    show: (chunk) => output.show(chunk),
    info: ports.log.info,
    cache: ports.cache,
    warn: (message) => later.push(message),
    group: (title2, work) => ports.log.group(
      title2,
      () => withCommandsStopped(ports.write, async () => {
        output = createOutput(ports.write, ports.redactor);
        try {
          return await work();
        } finally {
          output.end();
        }
      })
    )
  };
  try {
    const { workspace: folder, sha, branch, pullRequest } = context;
    const facts3 = { sha, branch, isPullRequest: pullRequest !== void 0, url: run3.site };
    const hostVariables = ports.hosts[inputs.host]?.variables?.(facts3) ?? {};
    const request = {
      inputs,
      workspace: folder,
      environment: ports.env,
      hostVariables,
      scratch,
      steps: ports.steps
    };
    const { outcome, workspace, root, git, artifact: pack, bundled, findings } = await build(request, io);
    const artifact = await pack();
    const manifest = await loadManifest(outcome.collected?.manifest ?? void 0);
    const names2 = hashedNames(manifest);
    const settings = outcome.project;
    const result = `Django ${settings?.django} on Python ${settings?.python}, ${settings?.settings_module}; artifact of ${plural(artifact.files, "file")}, ${formatBytes(artifact.bytes)}`;
    const changed = (file) => changedAt(file, workspace, git);
    const value = { outcome, workspace, root, artifact, names: names2, bundled, findings, changedAt: changed };
    return { value, result, facts: { artifact } };
  } finally {
    const others2 = ports.undoOthers();
    if (others2.length > 0) later.push(undone(others2));
    for (const message of later) recorder.warn(message);
  }
}
var init_build_stage = __esm({
  "src/commands/stages/build-stage.ts"() {
    "use strict";
    init_hashed_names();
    init_manifest();
    init_text();
    init_build();
    init_changed_at();
    init_command_files();
    init_step_output();
  }
});

// src/plan/preview-destination.ts
function withOwnPrefix(target, given, identity) {
  const own = previewFolder(identity);
  if (!target || ownPlaces.test(given ?? "") || target.prefix.startsWith(own)) return target;
  return { ...target, prefix: own + target.prefix };
}
function movedUrl(url, from, to) {
  if (!url || !from || !to || from.prefix === to.prefix) return url;
  return url.endsWith(`/${from.prefix}`) ? url.slice(0, url.length - from.prefix.length) + to.prefix : void 0;
}
function previewDestination(inputs, target, identity) {
  if (target.bucket && !inputs.bucket) {
    const { name, endpoint } = target.bucket;
    throw new DeployError(
      "INVALID_INPUTS",
      "Only the settings name the bucket, and nobody asks them when the pull request is closed.",
      {
        hint: `Write under "with:" of the step: bucket: ${name}${endpoint ? `, endpoint: ${endpoint}` : ""}`
      }
    );
  }
  const ownStatic = withOwnPrefix(target.static, inputs.staticPrefix, identity);
  const ownMedia = withOwnPrefix(target.media, inputs.mediaPrefix, identity);
  return {
    ...target,
    static: ownStatic,
    media: ownMedia,
    staticUrl: movedUrl(target.staticUrl, target.static, ownStatic),
    mediaUrl: movedUrl(target.mediaUrl, target.media, ownMedia)
  };
}
var ownPlaces;
var init_preview_destination = __esm({
  "src/plan/preview-destination.ts"() {
    "use strict";
    init_errors();
    init_identity();
    ownPlaces = /\{(environment|pr)\}/;
  }
});

// src/commands/stages/destination-of-run.ts
function refuseBorrowedBucket(inputs, project) {
  const remote = project.static_storage?.remote ?? (inputs.mediaDir ? project.media_storage?.remote : void 0);
  const names2 = ["bucket", "endpoint", "region"].filter((name) => remote?.[name] && !inputs[name]);
  if (names2.length === 0) return;
  const lines = names2.map((name) => `${name}: ${remote?.[name]}`);
  throw new DeployError(
    "INVALID_INPUTS",
    `With artifact the bucket is not taken from the settings, which another job read: ${names2.join(", ")} must be set here.`,
    { hint: `If they are right, write under "with:" of this step: ${lines.join(", ")}` }
  );
}
function foldersIn({ command, artifact }, mediaFolder2) {
  if (command === "build") return { staticDir: void 0, mediaDir: void 0 };
  return artifact === void 0 ? {} : { mediaDir: mediaFolder2 };
}
function destinationOf(run3, { outcome, mediaFolder: mediaFolder2 }) {
  const { inputs, context, plan, identity, site } = run3;
  const { project, collected } = outcome;
  if (!project) throw new DeployError("INTERNAL", "Django wrote no settings.");
  const own = { ...inputs, ...foldersIn(inputs, mediaFolder2) };
  if (inputs.artifact !== void 0) refuseBorrowedBucket(own, project);
  const target = planDestination({ ...own, url: site }, context, identity.name, project, collected?.root);
  return plan.kind === "preview" ? previewDestination(inputs, target, identity) : target;
}
var init_destination_of_run = __esm({
  "src/commands/stages/destination-of-run.ts"() {
    "use strict";
    init_errors();
    init_destination();
    init_preview_destination();
  }
});

// src/project/preflight/finding-places.ts
function placeOf(options, settings, name) {
  const assigned = settings.assigned[name];
  return assigned ? place2(options, assigned.file, assigned.line) : place2(options, settings.settings_file);
}
function giveVariables(settings, name) {
  const names2 = settings.assigned[name]?.variables ?? [];
  if (names2.length === 0) return void 0;
  const lines = names2.map((one) => /DEBUG/.test(one) ? `${one}=False` : `${one}=…`);
  return `It depends on ${listSome(names2, 5)}, not set in this build. Give the build what the host has, by the input env: ${listSome(lines, 5)}`;
}
var place2, pathOf;
var init_finding_places = __esm({
  "src/project/preflight/finding-places.ts"() {
    "use strict";
    init_paths();
    init_text();
    init_place();
    place2 = (options, file, line) => placeIn(options.workspace, file, line);
    pathOf = (options, file) => below(options.workspace, file) ?? file;
  }
});

// src/project/preflight/allowed-hosts.ts
function admits(pattern, host) {
  const wanted = pattern.toLowerCase();
  if (wanted === "*" || wanted === host) return true;
  return wanted.startsWith(".") && (host === wanted.slice(1) || host.endsWith(wanted));
}
function trusts(origins, host) {
  return origins.some((origin) => {
    const [scheme, pattern = ""] = origin.toLowerCase().split("://");
    return scheme === "https" && admits(pattern.replace(/^\*\./, "."), host);
  });
}
function patternFor(host, preview) {
  const [, ...parents] = host.split(".");
  return preview && parents.length > 1 ? `.${parents.join(".")}` : host;
}
function fromHosts(settings, options) {
  const found = [];
  const url = options.url === void 0 ? void 0 : new URL(options.url);
  if (url && !settings.allowed_hosts.some((pattern) => admits(pattern, url.hostname))) {
    const literal = settings.assigned.ALLOWED_HOSTS?.literal === true;
    const also = literal ? "" : ", unless the host sets it";
    const pattern = patternFor(url.hostname, options.preview === true);
    found.push({
      level: literal ? "error" : "warning",
      id: "deploy.allowed-hosts",
      message: `ALLOWED_HOSTS does not admit ${url.hostname}, so every page answers 400${also}. Add "${pattern}" to it${pattern.startsWith(".") ? ", which admits those of all pull requests" : ""}.`,
      ...placeOf(options, settings, "ALLOWED_HOSTS")
    });
  }
  const behindProxy = !settings.proxy_ssl_header;
  const major2 = Number.parseInt(settings.django, 10);
  if (url?.protocol === "https:" && behindProxy && settings.csrf && major2 >= 4) {
    if (!trusts(settings.csrf_trusted_origins, url.host)) {
      const pattern = patternFor(url.hostname, options.preview === true);
      const origin = pattern.startsWith(".") ? `https://*${pattern}` : url.origin;
      const message = `Behind a proxy that ends https, every form answers 403: CSRF_TRUSTED_ORIGINS lacks ${url.origin}, and SECURE_PROXY_SSL_HEADER is not set. Write CSRF_TRUSTED_ORIGINS = ["${origin}"], or ${headerLine2}`;
      const at2 = placeOf(options, settings, "CSRF_TRUSTED_ORIGINS");
      found.push({ level: "warning", id: "deploy.csrf-origins", message, ...at2 });
    }
  }
  if (settings.ssl_redirect && behindProxy) {
    const message = `SECURE_SSL_REDIRECT is on and SECURE_PROXY_SSL_HEADER is not set: behind a proxy that ends https, every page redirects to itself for ever. Write ${headerLine2}`;
    const at2 = placeOf(options, settings, "SECURE_SSL_REDIRECT");
    found.push({ level: "warning", id: "deploy.redirect-loop", message, ...at2 });
  }
  return found;
}
var headerLine2;
var init_allowed_hosts = __esm({
  "src/project/preflight/allowed-hosts.ts"() {
    "use strict";
    init_finding_places();
    headerLine2 = 'SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")';
  }
});

// src/project/preflight/checks.ts
function fromChecks(messages, settings, said2, options) {
  const withoutDatabase = fromEmptyDatabases(messages, settings, options);
  return [
    ...withoutDatabase,
    ...messages.filter((message) => !(withoutDatabase.length > 0 && followsFromNone(message))).filter(({ level, id }) => level >= 30 && !(id === "security.W020" && said2.has("deploy.allowed-hosts"))).map((message) => fromCheck(message, settings, options))
  ];
}
function fromEmptyDatabases(messages, settings, options) {
  if (settings?.database?.engine !== "django.db.backends.dummy" || !messages.some(followsFromNone)) return [];
  const advice = giveVariables(settings, "DATABASES") ?? giveDatabase;
  const message = `DATABASES has no default, so that Django cannot check models. ${advice}`;
  return [{ level: "error", id: "deploy.no-database", message, ...placeOf(options, settings, "DATABASES") }];
}
function fromCheck(message, settings, options) {
  const id = message.id ?? "check";
  const at2 = whereOf(message, settings, options);
  if (id === "security.W018") return debugIsOn(settings, at2);
  const object2 = message.object ? `${message.object}: ` : "";
  const level = message.level >= 40 ? "error" : "warning";
  const text2 = `${object2}${textOf2(message, settings)}`.replaceAll(`${options.workspace}/`, "");
  return { level, id, message: text2, ...at2 };
}
function textOf2({ id, text: text2, hint: hint2 }, settings) {
  const write2 = toWrite[id ?? ""];
  if (!write2) return hint2 ? `${asSentence(text2)} ${hint2}` : text2;
  const [first = text2] = text2.split(/(?<=\.) /);
  const unset = settings?.assigned.SECRET_KEY?.variables ?? [];
  if (id === "security.W009" && unset.length > 0)
    return `SECRET_KEY is a weak one of the settings, because this build has not got ${listSome(unset, 3)}. Give the host a real one there.`;
  const advice = settings && giveVariables(settings, settingOf[id ?? ""] ?? "");
  return `${asSentence(first)} ${advice ?? `Write ${write2}`}`;
}
function whereOf(message, settings, options) {
  if (message.file) return place2(options, message.file, message.line);
  const name = settingOf[message.id ?? ""];
  if (settings && (name || message.id?.startsWith("security."))) return placeOf(options, settings, name ?? "");
  return {};
}
function debugIsOn(settings, at2) {
  const advice = (settings && giveVariables(settings, "DEBUG")) ?? "Where a variable of the host turns it off, give the build the same one by the input env, for example DEBUG=False; else write DEBUG = False.";
  const message = `DEBUG is on: live it would show settings and code to visitors. ${advice}`;
  return { level: "warning", id: "deploy.debug", message, ...at2 };
}
var settingOf, toWrite, followsFromNone, asSentence;
var init_checks2 = __esm({
  "src/project/preflight/checks.ts"() {
    "use strict";
    init_text();
    init_django_failures();
    init_finding_places();
    settingOf = {
      "security.W001": "MIDDLEWARE",
      "security.W002": "MIDDLEWARE",
      "security.W003": "MIDDLEWARE",
      "security.W004": "SECURE_HSTS_SECONDS",
      "security.W005": "SECURE_HSTS_INCLUDE_SUBDOMAINS",
      "security.W006": "SECURE_CONTENT_TYPE_NOSNIFF",
      "security.W008": "SECURE_SSL_REDIRECT",
      "security.W009": "SECRET_KEY",
      "security.W010": "SESSION_COOKIE_SECURE",
      "security.W011": "SESSION_COOKIE_SECURE",
      "security.W012": "SESSION_COOKIE_SECURE",
      "security.W013": "SESSION_COOKIE_HTTPONLY",
      "security.W014": "SESSION_COOKIE_HTTPONLY",
      "security.W015": "SESSION_COOKIE_HTTPONLY",
      "security.W016": "CSRF_COOKIE_SECURE",
      "security.W018": "DEBUG",
      "security.W019": "X_FRAME_OPTIONS",
      "security.W020": "ALLOWED_HOSTS",
      "security.W021": "SECURE_HSTS_PRELOAD",
      "security.W022": "SECURE_REFERRER_POLICY",
      "security.E023": "SECURE_REFERRER_POLICY",
      "security.E024": "SECURE_CROSS_ORIGIN_OPENER_POLICY",
      "security.W025": "SECRET_KEY_FALLBACKS",
      "security.E101": "CSRF_FAILURE_VIEW",
      "security.E102": "CSRF_FAILURE_VIEW",
      "mail.E001": "MAILERS",
      "mail.W001": "MAILERS",
      "4_0.E001": "CSRF_TRUSTED_ORIGINS",
      "staticfiles.E001": "STATICFILES_DIRS",
      "staticfiles.E002": "STATICFILES_DIRS",
      "staticfiles.E003": "STATICFILES_DIRS",
      "staticfiles.W004": "STATICFILES_DIRS",
      "staticfiles.E005": "STORAGES"
    };
    toWrite = {
      "security.W004": "SECURE_HSTS_SECONDS = 3600, and more once https is there to stay",
      "security.W005": "SECURE_HSTS_INCLUDE_SUBDOMAINS = True, where every subdomain has https",
      "security.W008": "SECURE_SSL_REDIRECT = True, where the host does not redirect to https itself",
      "security.W009": 'SECRET_KEY = os.environ["SECRET_KEY"]',
      "security.W012": "SESSION_COOKIE_SECURE = True",
      "security.W016": "CSRF_COOKIE_SECURE = True",
      "security.W020": 'ALLOWED_HOSTS = ["<host name of the site>"]',
      "security.W021": "SECURE_HSTS_PRELOAD = True, where the domain is to be on the lists of browsers"
    };
    followsFromNone = ({ id }) => /^(fields\.E120|mysql\.|postgres\.)/.test(id ?? "");
    asSentence = (text2) => /[.!?:]$/.test(text2) ? text2 : `${text2}.`;
  }
});

// src/project/preflight/dead-settings.ts
function writeStorages({ old_storages: old }) {
  const storages = {
    default: { BACKEND: old.DEFAULT_FILE_STORAGE ?? plainStorages.default },
    staticfiles: { BACKEND: old.STATICFILES_STORAGE ?? plainStorages.staticfiles }
  };
  return `Write in its place: STORAGES = ${JSON.stringify(storages).replace(/[:,]/g, "$& ")}`;
}
function isDead(version3, [major2, minor2]) {
  const [own = 0, ownMinor = 0] = version3.split(".").map((part) => Number.parseInt(part, 10));
  return own > major2 || own === major2 && ownMinor >= minor2;
}
function fromDeadSettings(settings, options) {
  return settings.overridden.flatMap((name) => {
    const dead2 = deadSettings[name];
    if (!dead2 || !isDead(settings.django, dead2.since)) return [];
    const successor = settings.overridden.find((one) => one === successors[name]);
    const breaks = successor ? void 0 : dead2.breaks;
    const instead = typeof dead2.instead === "string" ? dead2.instead : dead2.instead(settings);
    const effect = breaks ? `, so ${breaks}` : "";
    const message = `Django ${settings.django} ignores ${name} without a word${effect}. ${successor ? `Take it out; ${successor} has its place.` : instead}`;
    return [
      {
        level: breaks ? "error" : "warning",
        id: breaks ? "deploy.dead-setting" : "deploy.old-setting",
        message,
        ...placeOf(options, settings, name)
      }
    ];
  });
}
var templates, gone, plainStorages, deadSettings, successors;
var init_dead_settings = __esm({
  "src/project/preflight/dead-settings.ts"() {
    "use strict";
    init_finding_places();
    templates = { since: [1, 10], instead: "Write it into TEMPLATES." };
    gone = (major2, minor2) => ({ since: [major2, minor2], instead: "Take it out." });
    plainStorages = {
      default: "django.core.files.storage.FileSystemStorage",
      staticfiles: "django.contrib.staticfiles.storage.StaticFilesStorage"
    };
    deadSettings = {
      STATICFILES_STORAGE: {
        since: [5, 1],
        instead: writeStorages,
        breaks: "names get no hashes"
      },
      DEFAULT_FILE_STORAGE: {
        since: [5, 1],
        instead: writeStorages,
        breaks: "uploads go to the disk of the host"
      },
      USE_L10N: gone(5, 0),
      USE_DEPRECATED_PYTZ: { since: [5, 0], instead: "Take it out, and use zoneinfo." },
      CSRF_COOKIE_MASKED: gone(5, 0),
      FORMS_URLFIELD_ASSUME_HTTPS: gone(6, 0),
      SECURE_BROWSER_XSS_FILTER: { since: [4, 0], instead: "Take it out; a Content-Security-Policy does this today." },
      PASSWORD_RESET_TIMEOUT_DAYS: { since: [4, 0], instead: "Write PASSWORD_RESET_TIMEOUT, in seconds." },
      DEFAULT_HASHING_ALGORITHM: gone(4, 0),
      FILE_CHARSET: { since: [3, 1], instead: "Take it out, and keep files in UTF-8." },
      DEFAULT_CONTENT_TYPE: { since: [3, 0], instead: "Take it out; pages are text/html." },
      USE_ETAGS: { since: [2, 1], instead: "Add django.middleware.http.ConditionalGetMiddleware to MIDDLEWARE." },
      MIDDLEWARE_CLASSES: { since: [2, 0], instead: "Write MIDDLEWARE.", breaks: "no middleware of it runs" },
      TEMPLATE_DIRS: templates,
      TEMPLATE_LOADERS: templates,
      TEMPLATE_CONTEXT_PROCESSORS: templates,
      TEMPLATE_DEBUG: templates,
      TEMPLATE_STRING_IF_INVALID: templates
    };
    successors = {
      STATICFILES_STORAGE: "STORAGES",
      DEFAULT_FILE_STORAGE: "STORAGES",
      MIDDLEWARE_CLASSES: "MIDDLEWARE"
    };
  }
});

// src/project/preflight/migrations.ts
function describeChange({ app, own, operations, differences = [], sql = true }) {
  const real = differences.filter(({ kind }) => kind === "change");
  const [unreal] = differences.filter(({ kind }) => kind !== "change");
  const details = differences.length > 0 ? ` (${listSome(differences.map(describeDifference), 3, "; ")})` : "";
  const what = `Models of "${app}" have changes that no migration holds: ${listSome(operations, 4)}${details}.`;
  if (!own)
    return {
      text: `${what} It is an installed package: often a DEFAULT_AUTO_FIELD that differs from the one it was made with.`,
      stops: false
    };
  if (!sql && real.length === 0 && unreal && unreal.kind !== "change")
    return { text: `${what} ${adviseMachine[unreal.kind]}`, stops: false };
  const run3 = `Run "python manage.py makemigrations ${app}" and commit the file`;
  if (!sql)
    return { text: `${what} They change no table, so that the release runs without them. ${run3}.`, stops: false };
  return { text: `${what} ${run3}, or set migrate to off.`, stops: true };
}
function fromMigrations(migrations, options) {
  const changes = migrations.changes.map((change) => {
    const { text: text2, stops } = describeChange(change);
    return {
      level: stops ? "error" : "warning",
      id: "deploy.migrations",
      message: text2,
      ...place2(options, change.file)
    };
  });
  const conflicts = Object.entries(migrations.conflicts).map(([app, names2]) => {
    const message = `Migrations of "${app}" have more than one end: ${names2.join(", ")}. Run "python manage.py makemigrations --merge".`;
    return { level: "error", id: "deploy.migration-conflict", message };
  });
  return [...changes, ...conflicts];
}
function fromFailedLook(failure, options) {
  const { step } = failure;
  if (step !== "checks" && step !== "migrations" && step !== "sources") return [];
  const { id, what, off } = looks[step];
  const advice = failure.database ? `It asks the database. ${giveDatabase} Or set ${off} to off.` : `Fix it, or set ${off} to off.`;
  const last = failure.frames.at(-1);
  return [
    {
      level: step === "sources" ? "warning" : "error",
      id: failure.database ? "deploy.needs-database" : id,
      message: `${what} could not run: ${failure.type}: ${failure.message}. ${advice}`,
      ...place2(options, last?.file, last?.line)
    }
  ];
}
var describeDifference, adviseMachine, looks;
var init_migrations = __esm({
  "src/project/preflight/migrations.ts"() {
    "use strict";
    init_text();
    init_django_failures();
    init_finding_places();
    describeDifference = ({ model, field, argument, before, after }) => `${[model, field].filter(Boolean).join(".")}: ${argument} is ${before} in the migrations and ${after} in the models`;
    adviseMachine = {
      machine: "It is another value on each machine, so that makemigrations never comes to an end. Pass a callable that returns it, and run makemigrations once.",
      order: "The values are the same in another order, as a set has another one in each process. Pass a callable, or sort them, and run makemigrations once."
    };
    looks = {
      checks: { id: "deploy.checks", what: "check --deploy", off: "checks" },
      migrations: { id: "deploy.migrations", what: "makemigrations --check", off: "migrate" },
      sources: { id: "deploy.sources", what: "The look at static files and templates", off: "checks" }
    };
  }
});

// src/project/preflight/start-failures.ts
function fromStart2(outcome, options) {
  const { needed = [], failures: failures2 } = outcome;
  const failure = failures2.find((one) => isFatal(one) && !isOfStaticFiles(one));
  if (needed.length > 0) {
    return needed.map(({ name, file, line }) => ({
      level: "error",
      id: "deploy.variable",
      message: `Django needs the environment variable ${name}, which is not set. Add a line to the input env: ${name}=…`,
      ...place2(options, file, line)
    }));
  }
  if (!failure) return [];
  const last = failure.frames.at(-1);
  const at2 = place2(options, last?.file, last?.line);
  return [{ level: "error", id: "deploy.start", message: `${describeFailure(failure)}. ${remedyOf(failure)}`, ...at2 }];
}
function fromSettingsModule(settings, options) {
  const { settings_module: chosen, siblings, debug: debug2 } = settings;
  const named = forDevelopment.test(ownName(chosen));
  if (!settings.chosen_by_manage_py || !(named || debug2) || forProduction.test(ownName(chosen))) return [];
  const inPackage = siblings.every((module2) => module2.startsWith(`${chosen}.`));
  const better = siblings.find(
    (module2) => (named || inPackage ? forProduction : surelyProduction).test(ownName(module2))
  );
  const others2 = named || inPackage ? siblings.filter((one) => !isPart(one) && !forDevelopment.test(ownName(one))) : [];
  if (!better && others2.length === 0) return [];
  const why = named ? "which looks like settings for development" : "in which DEBUG is on";
  const what = better ? `Set settings-module: ${better}` : `${inPackage ? "In it" : "Beside it"} there ${others2.length === 1 ? "is" : "are"} ${listSome(others2, 5)}. If one of them is for production, name it: settings-module: ${others2[0]}`;
  const message = `manage.py chose ${chosen}, ${why}. ${what}`;
  return [{ level: "warning", id: "deploy.settings-module", message, ...place2(options, settings.settings_file) }];
}
function fromThrowAway(names2) {
  if (names2.length === 0) return [];
  const verb = names2.length === 1 ? "is" : "are";
  const message = `${names2.join(", ")} ${verb} not set: the build ran with throw-away values. The host needs real ones.`;
  return [{ level: "notice", id: "deploy.throw-away", message }];
}
var forDevelopment, forProduction, surelyProduction, ownName, isPart;
var init_start_failures = __esm({
  "src/project/preflight/start-failures.ts"() {
    "use strict";
    init_text();
    init_django_failures();
    init_finding_places();
    forDevelopment = /(^|[._])(local|dev|devel|development|test|tests|testing|debug)([._]|$)/;
    forProduction = /(^|[._])(production|prod|live|deploy|deployment)([._]|$)/;
    surelyProduction = /(^|[._])(production|prod)([._]|$)/;
    ownName = (module2) => module2.split(".").at(-1) ?? module2;
    isPart = (module2) => /^(base|common|defaults?|utils?|helpers?|urls|wsgi|asgi|celery|apps?|conf|ci|storages?|storage_backends|middleware|views|tests?|context_processors|routing|components|env|logging|celeryconfig|tasks|version|types|constants|admin|models)$/.test(
      ownName(module2)
    );
  }
});

// src/project/preflight/static-files.ts
function fromStaticFiles(outcome, options) {
  return [
    ...(outcome.escaping ?? []).map(({ file, target }) => {
      const message = `${pathOf(options, file)} is a link that leads out of its folder, to ${target}. collectstatic would publish what it points to; replace the link by a file.`;
      return { level: "error", id: "deploy.link", message, ...place2(options, file) };
    }),
    ...fromCollect(outcome, options),
    ...fromTemplates(outcome, options),
    ...fromCrowds(outcome, options),
    ...(outcome.duplicates ?? []).map(({ name, used, ignored }) => {
      const message = `Two files have the name ${name}: ${pathOf(options, used)} is used, ${pathOf(options, ignored)} is not. Rename one, or put it into a folder with the name of its app.`;
      return { level: "warning", id: "deploy.duplicate", message, ...place2(options, ignored) };
    })
  ];
}
function fromCollect({ failures: failures2, missing: missing2 }, options) {
  const failure = failures2.find(isOfStaticFiles);
  if (!failure) return [];
  const references = (missing2 ?? []).map(({ name, file, line, url, target }) => {
    const named = target === null ? "leads out of the static files" : `names ${target}, which is not there`;
    const own = place2(options, file, line);
    const advice = own.at ? "Fix it, or add the file." : `It is an installed package: add the file to static files of your own, or pin a version that has it.`;
    const message2 = `${name}, line ${line}: "${url}" ${named}, so collectstatic fails. ${advice}`;
    return { level: "error", id: "deploy.missing-file", message: message2, ...own };
  });
  if (references.length > 0) return references;
  const last = failure.frames.at(-1);
  const message = `${describeFailure(failure)}. ${remedyOf(failure)}`;
  return [{ level: "error", id: "deploy.collect", message, ...place2(options, last?.file, last?.line) }];
}
function fromTemplates({ templates: templates2, project }, options) {
  const storage = project?.static_storage;
  const breaks = storage?.hashed === true && storage.strict;
  const effect = breaks ? "the live page answers 500" : "the page links a file that answers 404";
  return (templates2 ?? []).map(({ file, line, name, used = true, similar }) => {
    const meant = similar ? ` Did you mean "${similar}"?` : "";
    const notUsed = used ? "" : " Nothing in the project names this template.";
    return {
      level: breaks && used ? "error" : "warning",
      id: "deploy.template",
      message: `The template asks for the static file "${name}", which no finder has: ${effect}.${notUsed}${meant} Fix the name, or add the file.`,
      ...place2(options, file, line)
    };
  });
}
function fromCrowds({ crowded }, options) {
  return (crowded ?? []).map(({ folder, files }) => {
    const message = `The folder ${pathOf(options, folder)} offers ${formatCount(files)} static files, and all of them are collected and uploaded. Name the folders that pages need in STATICFILES_DIRS, for example node_modules/bootstrap/dist in place of node_modules.`;
    return { level: "warning", id: "deploy.many-files", message };
  });
}
function fromUnusedBucket(settings, options) {
  const url = settings.static_url ?? "";
  const { bucket } = options;
  if (!bucket || !settings.whitenoise || !settings.static_storage?.local || /^(https?:)?\/\//.test(url)) return [];
  const message = `WhiteNoise serves static files under ${url}, so that no page asks the bucket "${bucket.name}" for them. Write the bucket's or the CDN's address into STATIC_URL, or leave the input bucket out.`;
  return [{ level: "notice", id: "deploy.unused-bucket", message, ...placeOf(options, settings, "STATIC_URL") }];
}
function fromHostManifest(settings, options) {
  const storage = settings.static_storage;
  if (!options.releases || !options.bucket || settings.whitenoise) return [];
  if (!storage?.local || !storage.hashed || !storage.strict) return [];
  const at2 = placeOf(options, settings, settings.assigned.STORAGES ? "STORAGES" : "STATICFILES_STORAGE");
  const name = storage.backend.split(".").at(-1) ?? storage.backend;
  const message = `${name} reads staticfiles.json where the app runs, and every page answers 500 without it. Let the host's build run "python manage.py collectstatic --noinput", too, unless it gets the artifact of this action.`;
  return [{ level: "notice", id: "deploy.host-collectstatic", message, ...at2 }];
}
function fromStaticRoot(settings, options) {
  const storage = settings.static_storage;
  if (settings.static_root || !storage?.local || storage.location) return [];
  const at2 = placeOf(options, settings, "STATIC_ROOT");
  const advice = settings.assigned.STATIC_ROOT ? giveVariables(settings, "STATIC_ROOT") ?? "It is set under a condition that does not hold in this build." : 'Set it, for example STATIC_ROOT = BASE_DIR / "staticfiles".';
  if (!storage.hashed && options.bucket) {
    const message = `STATIC_ROOT is not set, so the files were collected to a temporary folder. ${advice}`;
    return [{ level: "warning", id: "deploy.static-root", message, ...at2 }];
  }
  const why = storage.hashed ? "the app reads its manifest of hashed names there" : "the app has to serve the files from there";
  return [
    { level: "error", id: "deploy.static-root", message: `STATIC_ROOT is not set, and ${why}. ${advice}`, ...at2 }
  ];
}
var init_static_files = __esm({
  "src/project/preflight/static-files.ts"() {
    "use strict";
    init_text();
    init_django_failures();
    init_finding_places();
  }
});

// src/project/preflight/storage.ts
function fromStorage(settings, options) {
  const { bucket } = options;
  const storage = settings.static_storage;
  if (!bucket || !storage) return [];
  const found = [];
  const at2 = placeOf(options, settings, settings.assigned.STORAGES ? "STORAGES" : "STATICFILES_STORAGE");
  if (!storage.hashed) {
    const message = `${storage.backend} puts no hashes into names, so browsers ask again for every file, and a page proves by them which release it is only where a bundler named them. Use a manifest storage.`;
    found.push({ level: "warning", id: "deploy.no-hashes", message, ...at2 });
  }
  if (storage.remote?.signs_urls && !storage.remote.custom_domain) {
    const message = `${storage.backend} signs the addresses of static files: each page gets others, so nothing is cached, and they end after an hour. Set "querystring_auth": False in its OPTIONS (or AWS_QUERYSTRING_AUTH = False), and let the bucket be read.`;
    found.push({ level: "warning", id: "deploy.signed-urls", message, ...at2 });
  }
  if (storage.local) found.push(...fromStaticUrl(settings, bucket, options));
  return found;
}
function fromStaticUrl(settings, bucket, options) {
  const url = settings.static_url ?? "";
  const at2 = placeOf(options, settings, "STATIC_URL");
  if (!/^(https?:)?\/\//.test(url)) {
    if (settings.whitenoise) return [];
    const message2 = `Static files go to the bucket "${bucket.name}", and STATIC_URL = "${url}" sends pages to the app, which has none. Write the bucket's or the CDN's address: STATIC_URL = "https://…/${options.staticPrefix ?? "static/"}"`;
    return [{ level: "warning", id: "deploy.static-url", message: message2, ...at2 }];
  }
  const { host } = new URL(url, "https://none.invalid/");
  const expected2 = options.staticPrefix;
  if (expected2 === void 0 || !ownHosts(bucket).has(host)) return [];
  const named = prefixOfUrl(url, bucket.name, bucket.endpoint);
  if (normalPrefix(named) === normalPrefix(expected2)) return [];
  const ofPreview = named !== "" && expected2.startsWith("previews/") && expected2.endsWith(`/${normalPrefix(named)}`);
  const fix = ofPreview ? `That is production's address: read it from the environment, STATIC_URL = os.environ.get("STATIC_URL", "${url}"), and give each preview its own at the host.` : `Set static-prefix: ${named || "/"} or fix STATIC_URL.`;
  const message = `STATIC_URL = "${url}" asks the bucket for "${named}…", and the files go to "${expected2}…". ${fix}`;
  const level = settings.assigned.STATIC_URL?.literal ? "error" : "warning";
  return [{ level, id: "deploy.static-url", message, ...at2 }];
}
var init_storage = __esm({
  "src/project/preflight/storage.ts"() {
    "use strict";
    init_addresses();
    init_finding_places();
  }
});

// src/project/preflight/preflight.ts
function urgency({ id, level }) {
  const start2 = ofStart.indexOf(id);
  const release = ofRelease.indexOf(id);
  const breaks = release !== -1 || level === "error" && !id.startsWith("security.");
  const unsafe = /^(security|deploy)\./.test(id);
  const rank = level === "notice" ? 4 : start2 !== -1 ? 0 : breaks ? 1 : unsafe ? 2 : 3;
  const within = start2 !== -1 ? start2 : release !== -1 ? release : ofRelease.length;
  return [rank, levels.indexOf(level), within];
}
function compare2(one, other) {
  const left = urgency(one);
  const right = urgency(other);
  const differs = left.findIndex((value, index) => value !== right[index]);
  if (differs !== -1) return (left[differs] ?? 0) - (right[differs] ?? 0);
  const byPlace = comparePlaces(one, other);
  return one.id.localeCompare(other.id) || byPlace || one.message.localeCompare(other.message);
}
function comparePlaces({ at: one }, { at: other }) {
  return (one?.file ?? "").localeCompare(other?.file ?? "") || (one?.line ?? 0) - (other?.line ?? 0);
}
function preflight(outcome, options, others2 = []) {
  const { project, migrations, checks, failures: failures2, needed = [] } = outcome;
  const ours = [
    ...fromStart2(outcome, options),
    ...fromStaticFiles(outcome, options),
    ...failures2.flatMap((failure) => fromFailedLook(failure, options)),
    ...project ? fromSettings(project, options, needed.length > 0) : [],
    ...migrations ? fromMigrations(migrations, options) : [],
    ...fromThrowAway(outcome.throw_away ?? [])
  ];
  const said2 = new Set(ours.map(({ id }) => id));
  const all = [...ours, ...fromChecks(checks ?? [], project, said2, options), ...others2];
  return withFrontEnd(withoutSilenced(all, project?.silenced ?? [])).sort(compare2);
}
function stopping(findings, lowest) {
  if (lowest === "off") return [];
  return findings.filter(({ level }) => level === "error" || level === "warning" && lowest === "warning");
}
function countFindings(findings) {
  const count = (wanted) => findings.filter(({ level }) => level === wanted).length;
  const notices = count("notice");
  return [
    plural(count("error"), "error"),
    plural(count("warning"), "warning"),
    ...notices > 0 ? [plural(notices, "notice")] : []
  ].join(", ");
}
var ofStart, isOfStart, ofFailures, ofRelease, levels, fromSettings, withoutSilenced;
var init_preflight = __esm({
  "src/project/preflight/preflight.ts"() {
    "use strict";
    init_text();
    init_consequences();
    init_allowed_hosts();
    init_checks2();
    init_dead_settings();
    init_migrations();
    init_start_failures();
    init_static_files();
    init_storage();
    ofStart = ["deploy.variable", "deploy.start", "deploy.settings-module"];
    isOfStart = ({ id }) => ofStart.includes(id);
    ofFailures = /* @__PURE__ */ new Set([
      "deploy.variable",
      "deploy.start",
      "deploy.link",
      "deploy.missing-file",
      "deploy.collect"
    ]);
    ofRelease = [
      "deploy.link",
      "deploy.missing-file",
      "deploy.collect",
      "deploy.front-end",
      "deploy.not-made",
      "deploy.lfs",
      "staticfiles.W004",
      "deploy.template",
      "deploy.duplicate",
      "deploy.sources",
      "deploy.dead-setting",
      "deploy.static-root",
      "deploy.static-url",
      "deploy.signed-urls",
      "deploy.no-hashes",
      "deploy.migration-conflict",
      "deploy.migrations",
      "deploy.no-database",
      "deploy.needs-database",
      "deploy.checks",
      "deploy.allowed-hosts",
      "deploy.csrf-origins",
      "deploy.redirect-loop"
    ];
    levels = ["error", "warning", "notice"];
    fromSettings = (settings, options, madeUp) => [
      ...fromDeadSettings(settings, options),
      ...fromStaticRoot(settings, options),
      ...fromSettingsModule(settings, options),
      ...madeUp ? [] : [
        ...fromStorage(settings, options),
        ...fromHosts(settings, options),
        ...fromUnusedBucket(settings, options),
        ...fromHostManifest(settings, options)
      ]
    ];
    withoutSilenced = (findings, silenced) => findings.filter(({ id }) => !silenced.includes(id) || ofFailures.has(id));
  }
});

// src/project/preflight/show-findings.ts
function inLine({ id, message, at: at2 }) {
  const place3 = at2 ? `${at2.file}${at2.line ? `:${at2.line}` : ""}: ` : "";
  return `${place3}${message} (${id})`;
}
function showFindings(findings, log) {
  const shown = { error: 0, warning: 0, notice: 0 };
  const ofCheck = /* @__PURE__ */ new Map();
  for (const finding of findings) {
    const { level, id, at: at2 } = finding;
    const before = ofCheck.get(id) ?? 0;
    ofCheck.set(id, before + 1);
    if (before >= mostOfCheck && !id.startsWith("deploy.")) continue;
    if (shown[level]++ < mostAnnotations2) log[level](inLine(finding), at2);
    else log.info(`${level}: ${inLine(finding)}`);
  }
  for (const [id, count] of ofCheck) {
    if (count > mostOfCheck && !id.startsWith("deploy."))
      log.info(`${count - mostOfCheck} more of ${id} stand in the report.`);
  }
}
var mostAnnotations2, mostOfCheck;
var init_show_findings = __esm({
  "src/project/preflight/show-findings.ts"() {
    "use strict";
    mostAnnotations2 = 8;
    mostOfCheck = 2;
  }
});

// src/commands/stages/preflight-stage.ts
async function preflightStage({ outcome, workspace, findings: others2, failed }, target, run3) {
  const { ports, inputs, recorder } = run3;
  const options = {
    workspace,
    bucket: target?.bucket,
    staticPrefix: target?.static?.prefix,
    url: run3.site,
    preview: run3.context.pullRequest !== void 0,
    releases: ports.hosts[inputs.host] !== void 0 && inputs.command !== "build"
  };
  const all = preflight(outcome, options, others2);
  recorder.note({ findings: all });
  const findings = failed ? all.filter(({ id }) => !ofFailures.has(id)) : all;
  showFindings(findings, ports.log);
  const stops = stopping(findings, inputs.checks);
  if (stops.length > 0) {
    const lines = stops.slice(0, 10).map((one) => `  ${inLine(one)}`);
    const [first] = findings;
    const quoted = [...new Set(stops.map(({ id }) => JSON.stringify(id)))].slice(0, 5).join(", ");
    const before = first && isOfStart(first) && !stops.includes(first) ? `${first.message}
That may be the reason for the rest. ` : "";
    throw new DeployError(
      "CHECKS_FAILED",
      [`The preflight found ${plural(stops.length, "reason")} not to deploy:`, ...lines].join("\n"),
      {
        hint: `${before}Fix them. What does not hold here can be silenced by its id: SILENCED_SYSTEM_CHECKS = [${quoted}] in the settings.`
      }
    );
  }
  const off = inputs.checks === "off" ? "checks are off, so that only the settings were looked at" : "nothing found";
  const nothing2 = failed ? "nothing else is known yet" : off;
  return { value: void 0, result: findings.length === 0 ? nothing2 : countFindings(findings) };
}
var init_preflight_stage = __esm({
  "src/commands/stages/preflight-stage.ts"() {
    "use strict";
    init_errors();
    init_text();
    init_preflight();
    init_show_findings();
  }
});

// src/commands/prepare.ts
async function refuseUnknownHead({ ports, context }) {
  if (!context.trustedHeads) return;
  const head = await checkoutGit(ports, context.workspace).head();
  if (head !== void 0 && context.trustedHeads.includes(head)) return;
  throw new DeployError(
    "UNTRUSTED_CODE",
    `${context.event} gives this job secrets, and ${head ?? "an unknown commit"} is checked out.`,
    {
      hint: 'Use "on: pull_request" for the code of pull requests, or leave out ref of actions/checkout.'
    }
  );
}
async function warnOfMerge({ ports, recorder, context, plan }) {
  if (plan.kind !== "preview") return;
  const head = await checkoutGit(ports, context.workspace).head();
  if (head === void 0 || head === context.sha) return;
  recorder.warn(
    `The preview is of ${context.sha.slice(0, 12)}, and ${head.slice(0, 12)} is checked out. Set ref of actions/checkout to \${{ github.event.pull_request.head.sha }}.`
  );
}
async function obtain(run3) {
  const { artifact } = run3.inputs;
  if (artifact !== void 0) return run3.recorder.stage("Artifact", () => artifactStage(run3, artifact));
  await refuseUnknownHead(run3);
  await warnOfMerge(run3);
  return run3.recorder.stage("Build", () => buildStage(run3));
}
async function prepare(run3) {
  const built = await obtain(run3).catch(async (failure) => {
    if (failure instanceof BuildFailure) await lookAtFailed(run3, failure).catch(() => void 0);
    throw failure;
  });
  const target = destinationOf(run3, built);
  await run3.recorder.stage("Preflight", () => preflightStage(built, target, run3));
  return { built, target };
}
function warnOfSecrets({ inputs, recorder }) {
  const { accessKeyId, secretAccessKey, hostInputs } = inputs;
  const secrets = {
    "access-key-id": accessKeyId,
    "secret-access-key": secretAccessKey,
    "host-token": hostInputs.token,
    "deploy-hook": hostInputs.deployHook
  };
  const given = Object.entries(secrets).flatMap(([name, secret]) => secret ? [name] : []);
  if (given.length === 0) return;
  recorder.warn(
    `"command: build" needs no secrets, and the code that it runs is near them. Give ${listSome(given, 4)} to the step that deploys.`
  );
}
var lookAtFailed;
var init_prepare = __esm({
  "src/commands/prepare.ts"() {
    "use strict";
    init_errors();
    init_text();
    init_build();
    init_changed_at();
    init_artifact_stage();
    init_build_stage();
    init_destination_of_run();
    init_preflight_stage();
    lookAtFailed = (run3, { outcome, workspace, findings }) => run3.recorder.stage("Preflight", () => preflightStage({ outcome, workspace, findings, failed: true }, void 0, run3));
  }
});

// src/ledger/ledger.ts
function ledgerKey(identity, shard) {
  const part = shard ? `.${shard.index}-of-${shard.of}` : "";
  return `${ledgerFolder}${identityPath(identity)}${part}.json`;
}
function ledgerOwner(key) {
  if (!key.startsWith(ledgerFolder)) return void 0;
  const [, path4 = "", shard] = /^(.*?)(\.\d+-of-\d+)?\.json$/.exec(key.slice(ledgerFolder.length)) ?? [];
  const identity = parseIdentityPath(path4);
  return identity && { identity, sharded: shard !== void 0 };
}
function fingerprint(headers, acl) {
  const { contentType: contentType2, cacheControl, contentEncoding, contentDisposition, contentLanguage } = headers;
  return JSON.stringify([contentType2, cacheControl, contentEncoding, contentDisposition, contentLanguage, acl]);
}
function lastLive(ledger) {
  return ledger.releases.findLast((release) => release.live !== void 0);
}
var emptyLedger, keptReleases;
var init_ledger = __esm({
  "src/ledger/ledger.ts"() {
    "use strict";
    init_identity();
    init_ledger_folder();
    emptyLedger = { releases: [], objects: /* @__PURE__ */ new Map(), uploads: [] };
    keptReleases = 5;
  }
});

// src/ledger/codec.ts
function rowOf(key, object2, headers) {
  const { md5, size, etag, first, last, media, gone: gone2, doomed } = object2;
  const flags2 = (media ? isMedia : 0) | (doomed ? isDoomed : 0);
  const row = [key, md5, size, headers, first, last];
  if (flags2 > 0 || gone2 !== void 0) return [...row, etag === md5 ? sameEtag : etag, gone2 ?? 0, flags2];
  return etag === md5 ? row : [...row, etag];
}
function remembered(ledger) {
  const live = ledger.releases.filter((release) => release.live !== void 0).slice(-keptReleases);
  const newest = live.at(-1)?.seq ?? Number.POSITIVE_INFINITY;
  const late = ledger.releases.length - rememberedReleases;
  return ledger.releases.filter(
    (release, at2) => at2 >= late || live.includes(release) || release.seq > newest && !release.failed
  );
}
function createBytes(size) {
  let bytes = Buffer.allocUnsafeSlow(size);
  let end = 0;
  return {
    add(text2) {
      if (end + text2.length * 3 > bytes.length) {
        const larger = Buffer.allocUnsafeSlow(Math.ceil(bytes.length * 1.5) + text2.length * 3);
        bytes.copy(larger, 0, 0, end);
        bytes = larger;
      }
      end += bytes.write(text2, end);
    },
    all: () => bytes.subarray(0, end)
  };
}
function writeLedger(ledger, environment) {
  const prints = /* @__PURE__ */ new Set();
  for (const { headers: headers2 } of ledger.objects.values()) prints.add(headers2);
  const headers = [...prints].sort();
  const index = new Map(headers.map((text2, at2) => [text2, at2]));
  const { uploads, publishing: publishing2 } = ledger;
  const head = {
    version: 1,
    environment,
    releases: remembered(ledger),
    uploads,
    ...publishing2 ? { publishing: publishing2 } : {},
    headers
  };
  const bytes = createBytes(4096 + ledger.objects.size * usualRow);
  bytes.add(`${JSON.stringify(head).slice(0, -1)},${rowsFollow}`);
  let between = "\n";
  for (const key of [...ledger.objects.keys()].sort()) {
    const object2 = ledger.objects.get(key);
    bytes.add(between + JSON.stringify(rowOf(key, object2, index.get(object2.headers) ?? 0)));
    between = ",\n";
  }
  bytes.add(`
${rowsEnd}
`);
  return bytes.all();
}
function* linesOf(bytes) {
  for (let from = 0; from < bytes.length; ) {
    const end = bytes.indexOf(10, from);
    yield bytes.toString("utf8", from, end < 0 ? bytes.length : end);
    from = end < 0 ? bytes.length : end + 1;
  }
}
function objectOf(row, headers) {
  const [key, md5, size, at2, first, last, etag = sameEtag, gone2 = 0, flags2 = 0] = row;
  const object2 = { md5, size, etag: etag === sameEtag ? md5 : etag, headers: headers[at2] ?? "", first, last };
  if (gone2 === 0 && flags2 === 0) return [key, object2];
  const media = flags2 & isMedia ? { media: true } : {};
  const doomed = flags2 & isDoomed ? { doomed: true } : {};
  return [key, { ...object2, ...media, ...gone2 > 0 ? { gone: gone2 } : {}, ...doomed }];
}
function readLedger(bytes) {
  try {
    const lines = linesOf(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
    const first = lines.next().value ?? "";
    if (!first.endsWith(rowsFollow)) return void 0;
    const { version: version3, releases, uploads, publishing: publishing2, headers } = JSON.parse(first + rowsEnd);
    if (version3 !== 1 || !releases.every(({ seq, sha, run: run3 }) => seq > 0 && sha && run3.id >= 0)) return void 0;
    const objects = /* @__PURE__ */ new Map();
    for (const line of lines) {
      if (line === rowsEnd) return { releases, objects, uploads: [...uploads], publishing: publishing2 };
      if (line === "") continue;
      const [key, object2] = objectOf(JSON.parse(line.endsWith(",") ? line.slice(0, -1) : line), headers);
      objects.set(key, object2);
    }
    return void 0;
  } catch {
    return void 0;
  }
}
var isMedia, isDoomed, sameEtag, rowsFollow, rowsEnd, usualRow, rememberedReleases;
var init_codec = __esm({
  "src/ledger/codec.ts"() {
    "use strict";
    init_ledger();
    isMedia = 1;
    isDoomed = 2;
    sameEtag = "=";
    rowsFollow = '"objects":[';
    rowsEnd = "]}";
    usualRow = 144;
    rememberedReleases = 20;
  }
});

// src/ledger/siblings.ts
async function readSiblings(store, identity, signal) {
  const shards = [];
  const others2 = [];
  const unreadable2 = [];
  for await (const page of store.list(ledgerFolder, signal)) {
    for (const { key } of page) {
      const owner = ledgerOwner(key);
      if (!owner || key === ledgerKey(identity)) continue;
      const stored = await store.get(key, signal);
      const ledger = stored && readLedger(stored.body);
      if (!ledger) unreadable2.push(key);
      else if (sameIdentity(owner.identity, identity)) shards.push(ledger);
      else others2.push(ledger);
    }
  }
  return { shards, others: others2, unreadable: unreadable2 };
}
var init_siblings = __esm({
  "src/ledger/siblings.ts"() {
    "use strict";
    init_identity();
    init_ledger_folder();
    init_codec();
    init_ledger();
  }
});

// src/sync/compress.ts
async function gzipped(bytes) {
  const packed = await compress(bytes, { level: import_node_zlib3.constants.Z_BEST_COMPRESSION });
  packed[9] = 255;
  return packed;
}
async function compressFiles(files, folder, signal) {
  await (0, import_promises25.mkdir)(folder, { recursive: true });
  const byContent = [...Map.groupBy(files, ({ md5 }) => md5).values()];
  const done = /* @__PURE__ */ new Map();
  await mapLimit(byContent, atOnce, signal, async (same2) => {
    const result = await compressFile(same2[0], folder);
    for (const { path: path4 } of same2) done.set(path4, result);
  });
  return done;
}
async function compressFile({ path: path4, file, md5 }, folder) {
  const bytes = await (0, import_promises25.readFile)(file).catch(() => void 0);
  if (bytes === void 0 || (0, import_node_crypto18.hash)("md5", bytes) !== md5) throw changedError(path4);
  const packed = await gzipped(bytes);
  if (packed.length > bytes.length * worthwhile2) return null;
  const target = (0, import_node_path38.join)(folder, `${md5}.gz`);
  await (0, import_promises25.writeFile)(target, packed);
  const { mtimeMs: modified } = await (0, import_promises25.stat)(target);
  return { file: target, size: packed.length, modified, md5: (0, import_node_crypto18.hash)("md5", packed) };
}
var import_node_crypto18, import_promises25, import_node_path38, import_node_util, import_node_zlib3, worthwhile2, atOnce, compress;
var init_compress = __esm({
  "src/sync/compress.ts"() {
    "use strict";
    import_node_crypto18 = require("node:crypto");
    import_promises25 = require("node:fs/promises");
    import_node_path38 = require("node:path");
    import_node_util = require("node:util");
    import_node_zlib3 = require("node:zlib");
    init_map_limit();
    init_store_failures();
    worthwhile2 = 0.95;
    atOnce = 4;
    compress = (0, import_node_util.promisify)(import_node_zlib3.gzip);
  }
});

// src/sync/lookalikes.ts
function lookalikes(paths) {
  const plain = /* @__PURE__ */ new Set();
  const odd = [];
  const fold = (path4) => path4.normalize("NFC").toLowerCase();
  for (const path4 of paths) /^[^A-Z\u0080-\uffff]*$/.test(path4) ? plain.add(path4) : odd.push(path4);
  const pairs = [];
  const folded2 = /* @__PURE__ */ new Map();
  for (const path4 of odd) {
    const name = fold(path4);
    const other = folded2.get(name) ?? (plain.has(name) ? name : void 0);
    if (other !== void 0) pairs.push([other, path4]);
    else folded2.set(name, path4);
  }
  return pairs;
}
var init_lookalikes = __esm({
  "src/sync/lookalikes.ts"() {
    "use strict";
  }
});

// src/sync/compressible.ts
var compressible, largest, isCompressible;
var init_compressible = __esm({
  "src/sync/compressible.ts"() {
    "use strict";
    compressible = /^text\/|[/+](json|xml)\b|^application\/(javascript|manifest|wasm|rtf|vnd\.ms-fontobject)|^font\/(ttf|otf|sfnt|collection)/;
    largest = 64 * 1024 * 1024;
    isCompressible = (contentType2, size) => size > 0 && size <= largest && compressible.test(contentType2);
  }
});

// src/sync/planned-file.ts
function createForms(source, reused) {
  const forms = /* @__PURE__ */ new Map();
  const formOf = (headers, mark = "") => {
    const print = fingerprint(headers, source.acl) + mark;
    const known2 = forms.get(print);
    if (known2) return known2;
    const form = { headers, fingerprint: print };
    forms.set(print, form);
    return form;
  };
  return (file, known2) => {
    const { path: path4, md5, size, sniffed } = file;
    const ruled = source.ruled(path4);
    const proven = source.kind === "static" && isImmutable(path4, md5, source.hashedNames);
    const bundled = !proven && source.kind === "static" && source.bundled.has(path4);
    const again = bundled && (reused.has(source.prefix + path4) || isReused(known2, file));
    const immutable = proven || bundled && !again;
    const mark = again ? reusedMark : "";
    const headers = headersOf(path4, source.kind, immutable, sniffed, ruled);
    const packs = source.compressed !== void 0 && path4 !== source.manifest && ruled.contentEncoding === void 0 && headers.contentEncoding === void 0 && isCompressible(headers.contentType, size);
    const untried = formOf(headers, mark);
    if (!packs) return { immutable, reused: again, plain: untried, packed: void 0, untried };
    const packed = formOf({ ...headers, contentEncoding: "gzip" }, mark);
    return { immutable, reused: again, plain: formOf(headers, triedMark + mark), packed, untried };
  };
}
function provenForm(file, forms, known2, there) {
  if (!isUntouched(known2, there) || known2.md5 !== file.md5) return void 0;
  return [forms.plain, forms.packed].find((form) => form?.fingerprint === known2.headers);
}
function planFile(source, file, forms, known2, there) {
  const { path: path4 } = file;
  const { immutable } = forms;
  const phase = source.kind === "media" ? "media" : path4 === source.manifest ? "manifest" : immutable ? "hashed" : "plain";
  const stored = (forms.packed && source.compressed?.get(path4)) ?? void 0;
  const form = stored ? forms.packed ?? forms.plain : provenForm(file, forms, known2, there) ?? forms.plain;
  const uncompressed = stored || form !== forms.packed ? void 0 : forms.untried;
  return { key: source.prefix + path4, file, source, form, phase, immutable, stored, uncompressed };
}
var phases2, triedMark, reusedMark, isReused, sameForm, isUntouched;
var init_planned_file = __esm({
  "src/sync/planned-file.ts"() {
    "use strict";
    init_hashed_names();
    init_ledger();
    init_compressible();
    init_content_type();
    phases2 = ["hashed", "media", "plain", "manifest"];
    triedMark = " no smaller";
    reusedMark = " reused";
    isReused = (known2, file) => known2 !== void 0 && (known2.md5 !== file.md5 || known2.headers.endsWith(reusedMark));
    sameForm = (one, other) => one === other || one.replace(triedMark, "") === other.replace(triedMark, "");
    isUntouched = (known2, there) => known2 !== void 0 && there !== void 0 && !known2.doomed && there.etag === known2.etag && there.size === known2.size;
  }
});

// src/sync/remote.ts
async function lookAt(store, { prefix: prefix2, paths, isKnown, shared }, signal) {
  const found = /* @__PURE__ */ new Map();
  const mostPages2 = shared ? Math.ceil(paths.size * patience5.times / pageSize) + patience5.pages : Infinity;
  let pages = 0;
  for await (const page of store.list(prefix2, signal)) {
    for (const object2 of page) {
      const { key } = object2;
      if (paths.has(key.slice(prefix2.length)) || isKnown(key)) found.set(key, object2);
    }
    pages += 1;
    if (pages >= mostPages2 && page.length >= pageSize) {
      const missing2 = [...paths].map((path4) => prefix2 + path4).filter((key) => !found.has(key));
      await mapLimit(missing2, store.atOnce, signal, async (key) => {
        const head = await store.head(key, signal);
        if (head) found.set(key, { key, size: head.size, etag: head.etag, lastModified: head.lastModified });
      });
      return found;
    }
  }
  return found;
}
var isOtherForm, pageSize, patience5;
var init_remote = __esm({
  "src/sync/remote.ts"() {
    "use strict";
    init_map_limit();
    isOtherForm = ({ headers, encrypted, etag }) => Boolean(headers.contentEncoding) || encrypted || etag.includes("-");
    pageSize = 1e3;
    patience5 = { times: 10, pages: 5 };
  }
});

// src/sync/reused.ts
async function findReused(sources, objects, ledger, store, signal) {
  const reused = /* @__PURE__ */ new Set();
  for (const { files, prefix: prefix2, bundled } of sources) {
    const strange = files.filter(({ path: path4, md5 }) => {
      const key = prefix2 + path4;
      const there = objects.get(key);
      return bundled.has(path4) && !ledger.objects.has(key) && there !== void 0 && there.etag !== md5;
    });
    await mapLimit(strange, store.atOnce, signal, async ({ path: path4, md5 }) => {
      const head = await store.head(prefix2 + path4, signal);
      if (head && head.md5 !== md5 && !isOtherForm(head)) reused.add(prefix2 + path4);
    });
  }
  return reused;
}
var init_reused = __esm({
  "src/sync/reused.ts"() {
    "use strict";
    init_map_limit();
    init_remote();
  }
});

// src/sync/sync-plan.ts
function invalidKey(key) {
  if (key.length > longestKey / 4 && Buffer.byteLength(key) > longestKey) return `longer than ${longestKey} bytes`;
  if (/[\u0000-\u001f\u007f]/.test(key)) return "a control character in its name";
  if (key.includes("�")) return "its name is not UTF-8";
  if (key.includes("\\")) return "a backslash in its name";
  if (key.startsWith(ledgerFolder)) return "the folder is kept for what the action itself has to remember";
  if (/(^|\/)\.{0,2}(\/|$)/.test(key)) return 'an empty, "." or ".." part in its path';
  return void 0;
}
function refuseInvalidKeys(keys) {
  const invalid2 = [];
  for (const key of keys) {
    const reason = invalidKey(key);
    if (reason) invalid2.push(`  ${JSON.stringify(key)}: ${reason}`);
  }
  if (invalid2.length === 0) return;
  const title2 = `${plural(invalid2.length, "file")} cannot be stored under this name:`;
  throw new DeployError("KEYS_INVALID", `${title2}
${listSome(invalid2, 10, "\n")}`, { hint: "Rename them." });
}
function isLeftover2(source, file, known2) {
  if (source.kind !== "static" || source.hashedNames.size === 0 || source.hashedNames.has(file.path)) return false;
  return known2?.md5 === file.md5 && hashOf(file.path) === file.md5.slice(0, 12);
}
function planSync(sources, remote, ledger) {
  const puts = [];
  const verify2 = [];
  const unchanged = [];
  const conflicts = [];
  const contested = [];
  const unproven = [];
  const reused = [];
  for (const source of sources) {
    const formsOf = createForms(source, remote.reused);
    for (const file of source.files) {
      const key = source.prefix + file.path;
      const there = remote.objects.get(key);
      const known2 = ledger.objects.get(key);
      const forms = formsOf(file, known2);
      const planned2 = planFile(source, file, forms, known2, there);
      if (forms.reused) reused.push(file.path);
      else if (source.hashedNames.has(file.path) && hashOf(file.path) && !forms.immutable) unproven.push(file.path);
      if (there && isLeftover2(source, file, known2)) continue;
      if (source.onlyHashed && planned2.phase !== "hashed") continue;
      const untouched = isUntouched(known2, there);
      const sameBytes = untouched ? known2.md5 === file.md5 : isSame(planned2, there, remote);
      if (!there || known2?.doomed) puts.push({ file: planned2, reason: "new" });
      else if (sameBytes && untouched && sameForm(known2.headers, planned2.form.fingerprint)) unchanged.push(planned2);
      else if (sameBytes && untouched) puts.push({ file: planned2, reason: "headers" });
      else if (sameBytes && source.acl === void 0) verify2.push(planned2);
      else if (sameBytes) puts.push({ file: planned2, reason: "headers" });
      else if (source.kind === "media" && !untouched)
        contested.push({ file: planned2, remoteModified: there.lastModified });
      else if (planned2.immutable && known2?.md5 !== file.md5) conflicts.push(planned2);
      else puts.push({ file: planned2, reason: "changed" });
    }
  }
  return { puts, verify: verify2, unchanged, conflicts, contested, unproven, reused };
}
function isSame({ key, file, stored }, there, remote) {
  const { size, md5 } = stored ?? file;
  return there?.size === size && (there.etag === md5 || remote.alike.has(key));
}
function countPlan(plan) {
  const upload2 = plan.puts.length;
  const bytes = plan.puts.reduce((sum, { file }) => sum + bytesOf(file), 0);
  return { upload: upload2, bytes, unchanged: plan.unchanged.length + plan.verify.length };
}
var longestKey, bytesOf;
var init_sync_plan = __esm({
  "src/sync/sync-plan.ts"() {
    "use strict";
    init_hashed_names();
    init_errors();
    init_text();
    init_ledger_folder();
    init_planned_file();
    longestKey = 1024;
    bytesOf = ({ file, stored }) => (stored ?? file).size;
  }
});

// src/sync/prepare-sync.ts
async function pathInside(folder, path4) {
  if (path4 === void 0) return void 0;
  const real = await (0, import_promises26.realpath)(path4).catch(() => void 0);
  return real === void 0 ? void 0 : below(folder, real);
}
function* keysOf({ entries: entries2 }, prefix2) {
  for (const { path: path4 } of entries2) yield prefix2 + path4;
}
async function findPart({ folder, kind, prefix: prefix2 }, { allowFiles, shard }) {
  const found = await findFiles(folder, allowFiles, `${kind}-dir`);
  refuseInvalidKeys(keysOf(found, prefix2));
  return shard ? { ...found, entries: found.entries.filter(({ path: path4 }) => inShard(prefix2 + path4, shard)) } : found;
}
async function prepareSync(request, store, signal) {
  const { folders, ledger } = request;
  const found = await Promise.all(folders.map((folder) => findPart(folder, request)));
  const looking = Promise.all(
    folders.map(({ prefix: prefix2, kind }, at2) => {
      const paths = new Set(found[at2]?.entries.map(({ path: path4 }) => path4));
      const isKnown = (key) => ledger.objects.has(key);
      return lookAt(store, { prefix: prefix2, paths, isKnown, shared: kind === "media" }, signal);
    })
  );
  looking.catch(() => void 0);
  const ruled = compileRules(request.headers);
  const sources = [];
  for (const [at2, { kind, prefix: prefix2, acl }] of folders.entries()) {
    const part = found[at2];
    const hashedNames2 = kind === "static" ? request.names : /* @__PURE__ */ new Set();
    const bundled = kind === "static" ? request.bundled : /* @__PURE__ */ new Set();
    const manifest = await pathInside(part.root, request.manifestPath);
    const onlyHashed = request.shard !== void 0 && hashedNames2.size > 0;
    const files = await readFiles(part, signal);
    const { root } = part;
    const named = { hashedNames: hashedNames2, bundled, manifest, onlyHashed };
    sources.push({ kind, root, files, prefix: prefix2, acl, ...named, ruled, compressed: void 0 });
  }
  const [objects = /* @__PURE__ */ new Map(), ...more] = await looking;
  for (const map of more) for (const [key, object2] of map) objects.set(key, object2);
  const reused = await findReused(sources, objects, ledger, store, signal);
  const packed = await compressSources(sources, { objects, reused }, request, signal);
  const alike = await findAlike(sources, objects, ledger, store, signal);
  const count = (kind) => sources.filter((source) => source.kind === kind).reduce((sum, { files }) => sum + files.length, 0);
  const planned2 = await planWith(packed, { objects, alike, reused }, request);
  return {
    ...planned2,
    remote: objects,
    left: found.flatMap(({ left }) => left),
    lookalikes: found.flatMap(({ entries: entries2 }) => lookalikes(entries2.map(({ path: path4 }) => path4))),
    files: { static: count("static"), media: count("media") }
  };
}
async function planWith(sources, remote, { ledger, shardLedgers }) {
  const plan = planSync(sources, remote, ledger);
  const { verify: verify2, conflicts, contested, puts } = plan;
  const there = [...contested, ...puts.filter(({ reason }) => reason !== "new")].map(({ file }) => file);
  const strange = [...verify2, ...conflicts, ...there].some(({ key }) => !ledger.objects.has(key));
  const shards = strange ? await shardLedgers() : [];
  if (shards.length === 0) return { plan, ledger };
  const rows = shards.flatMap(({ objects }) => [...objects]).filter(([key]) => !ledger.objects.has(key));
  const together = { ...ledger, objects: new Map([...ledger.objects, ...rows]) };
  return { plan: planSync(sources, remote, together), ledger: together };
}
async function compressSources(sources, { objects, reused }, { compressInto, ledger }, signal) {
  if (compressInto === void 0) return sources;
  const done = [];
  for (const [at2, source] of sources.entries()) {
    const packing = { ...source, compressed: /* @__PURE__ */ new Map() };
    const formsOf = createForms(packing, reused);
    const requests = [];
    for (const file of source.files) {
      const key = source.prefix + file.path;
      const known2 = ledger.objects.get(key);
      const forms = formsOf(file, known2);
      if (!forms.packed || provenForm(file, forms, known2, objects.get(key))) continue;
      requests.push({ path: file.path, file: fileOf(source.root, file), md5: file.md5 });
    }
    const compressed = await compressFiles(requests, (0, import_node_path39.join)(compressInto, String(at2)), signal);
    done.push({ ...source, compressed });
  }
  return done;
}
async function findAlike(sources, objects, ledger, store, signal) {
  const alike = /* @__PURE__ */ new Set();
  for (const source of sources) {
    const asked = source.files.filter((file) => {
      const key = source.prefix + file.path;
      const there = objects.get(key);
      const partial = store.partSize(file.size) !== void 0 || there?.etag.includes("-");
      return partial && there?.size === file.size && !isUntouched(ledger.objects.get(key), there);
    });
    await mapLimit(asked, 2, signal, async (file) => {
      const key = source.prefix + file.path;
      const size = store.partSize(file.size);
      const etag = objects.get(key)?.etag;
      const computed = store.partsEtag && size ? await partsEtag(fileOf(source.root, file), file.size, size) : void 0;
      if (computed === etag || (await store.head(key, signal))?.md5 === file.md5) alike.add(key);
    });
  }
  return alike;
}
var import_promises26, import_node_path39;
var init_prepare_sync = __esm({
  "src/sync/prepare-sync.ts"() {
    "use strict";
    import_promises26 = require("node:fs/promises");
    import_node_path39 = require("node:path");
    init_map_limit();
    init_paths();
    init_multipart();
    init_shard();
    init_compress();
    init_header_rules();
    init_lookalikes();
    init_planned_file();
    init_remote();
    init_reused();
    init_scan();
    init_sync_plan();
  }
});

// src/sync/prune.ts
function prunable({ ledger, own, remote, prefix: prefix2, named, now, age }) {
  const live = ledger.releases.filter((one) => one.live !== void 0 && one.seq !== own).map(({ seq }) => seq);
  const oldest = live.at(1 - keptReleases) ?? live[0] ?? own;
  if (!lastLive(ledger)) return [];
  const keys = [];
  for (const [key, { media, last, gone: gone2, etag, size }] of ledger.objects) {
    const there = remote.get(key);
    if (media || !key.startsWith(prefix2) || named.has(key) || last >= oldest) continue;
    if (gone2 === void 0 || now - gone2 * 1e3 < age) continue;
    if (there?.etag === etag && there.size === size) keys.push(key);
  }
  return keys.sort();
}
function heldElsewhere({ shards, others: others2 }, key, now, age) {
  const wanted = ({ objects }) => {
    const row = objects.get(key);
    return row !== void 0 && (row.media || row.gone === void 0 || now - row.gone * 1e3 < age);
  };
  const inNewest = ({ objects, releases }) => {
    const row = objects.get(key);
    return row !== void 0 && row.last >= (releases.at(-1)?.seq ?? 0);
  };
  return others2.some(wanted) || shards.some(inNewest);
}
var init_prune = __esm({
  "src/sync/prune.ts"() {
    "use strict";
    init_ledger();
  }
});

// src/commands/stages/plan-stage.ts
function describePlan(plan) {
  const { upload: upload2, bytes, unchanged } = countPlan(plan);
  return `${plural(upload2, "file")} to upload (${formatBytes(bytes)}), ${formatCount(unchanged)} unchanged`;
}
async function planStage(request, io) {
  const { inputs, session, store, identity, folders } = request;
  const { before } = session;
  const prepared = await prepareSync(
    {
      folders,
      allowFiles: inputs.allowFiles,
      headers: inputs.headers,
      compressInto: inputs.compress === "gzip" ? (0, import_node_path40.join)(request.scratch, "gzip") : void 0,
      shard: inputs.shard,
      names: request.names,
      manifestPath: request.manifestPath,
      bundled: request.bundled,
      ledger: before,
      shardLedgers: async () => inputs.shard ? [] : (await readSiblings(store, identity, io.signal)).shards
    },
    store,
    io.signal
  );
  const { plan, left, files, ledger, remote } = prepared;
  const statics = folders.find(({ kind }) => kind === "static");
  if (statics && !inputs.shard) refuseEmpty(files.static);
  const { prune: prune2, lost } = oldFiles(request, prepared, io.clock.now());
  await io.log.group("Plan of the uploads", async () => {
    io.log.info(`${store.name}: ${describePlan(plan)}`);
    for (const { file, reason } of plan.puts.slice(0, mostListed2)) {
      const { contentType: contentType2, cacheControl } = file.form.headers;
      io.log.info(`  ${reason.padEnd(7)} ${file.key}  ${contentType2}; ${cacheControl}`);
    }
    if (plan.puts.length > mostListed2) io.log.info(`  and ${plan.puts.length - mostListed2} more`);
    for (const key of prune2.slice(0, 50)) io.log.info(`  delete  ${key}  when the release is live`);
    if (prune2.length > 50) io.log.info(`  and ${prune2.length - 50} more to delete`);
    for (const reason of left.slice(0, 50)) io.log.info(`  left out ${reason}`);
    if (left.length > 50) io.log.info(`  and ${left.length - 50} more left out`);
  });
  warnOf(prepared, io.recorder);
  const compared = `${plural(files.static + files.media, "file")} compared, ${describePlan(plan)}`;
  const value = { sync: plan, ledger, before, prune: prune2, lost };
  return { value, result: remote.size === 0 ? `${compared}, none of them in the bucket yet` : compared };
}
function oldFiles({ inputs, folders, session }, { plan, remote }, now) {
  const statics = folders.find(({ kind }) => kind === "static");
  if (!statics || inputs.shard) return { prune: [], lost: [] };
  const { prefix: prefix2 } = statics;
  const { before: ledger, entry } = session;
  const isOld = (key) => {
    const row = ledger.objects.get(key);
    return row !== void 0 && (row.gone !== void 0 || !remote.has(key));
  };
  const named = /* @__PURE__ */ new Set();
  for (const { file } of plan.puts) if (isOld(file.key)) named.add(file.key);
  for (const files of [plan.unchanged, plan.verify, plan.conflicts]) {
    for (const { key } of files) if (isOld(key)) named.add(key);
  }
  const isLost = (key) => key.startsWith(prefix2) && !named.has(key) && !remote.has(key);
  const age = inputs.prune;
  return {
    prune: age === void 0 ? [] : prunable({ ledger, own: entry.seq, remote, prefix: prefix2, named, now, age }),
    lost: [...ledger.objects.keys()].filter(isLost)
  };
}
function warnOf({ plan, lookalikes: lookalikes2 }, recorder) {
  const { unproven, reused } = plan;
  if (unproven.length > 0) {
    recorder.warn(
      `${plural(unproven.length, "file")} in the manifest ${unproven.length === 1 ? "has" : "have"} a name that is not made from the content, so browsers may not keep them: ${listSome(unproven, 3)}`
    );
  }
  if (reused.length > 0) {
    recorder.warn(
      `${plural(reused.length, "file")} of a bundler changed and kept ${reused.length === 1 ? "its name" : "their names"}, so browsers may not keep them: ${listSome(reused, 3)}. Let it put a hash of the content into the names, [contenthash] in webpack, [hash] in Vite.`
    );
  }
  if (lookalikes2.length > 0) {
    const pairs = lookalikes2.map((pair) => pair.join(" and "));
    recorder.warn(`Names that Windows and macOS take for the same: ${listSome(pairs, 3)}`);
  }
}
function refuseEmpty(files) {
  if (files > 0) return;
  throw new DeployError("COLLECT_FAILED", "collectstatic collected no file.", {
    hint: 'Add "django.contrib.staticfiles" to INSTALLED_APPS, and the folders of your files to STATICFILES_DIRS.'
  });
}
var import_node_path40, mostListed2;
var init_plan_stage = __esm({
  "src/commands/stages/plan-stage.ts"() {
    "use strict";
    import_node_path40 = require("node:path");
    init_errors();
    init_siblings();
    init_text();
    init_prepare_sync();
    init_prune();
    init_sync_plan();
    mostListed2 = 1e3;
  }
});

// src/commands/stages/release-stage.ts
async function checkHost({ host, title: title2 }, io) {
  try {
    for (const warning2 of await host.check?.(hostIO(io)) ?? []) io.recorder.warn(warning2);
  } catch (error2) {
    io.signal.throwIfAborted();
    throw hostError(error2, title2, "service");
  }
}
async function releaseStage({ host, title: title2 }, request, deadline, session, io) {
  try {
    const outcome = await io.log.group(
      `Release: ${title2}`,
      () => releaseTo(host, title2, request, deadline, { ...io, onLine: io.log.info })
    );
    const { id, logUrl } = outcome.release;
    const what = {
      asked: "the host was asked",
      live: "the host says that it is live",
      superseded: "a newer deploy took its place"
    }[outcome.phase];
    const facts3 = { hostDeploymentId: id, logUrl };
    return { value: outcome, result: id ? `${what} (${id})` : what, facts: facts3 };
  } catch (error2) {
    const failed = !io.signal.aborted && ["HOST_REFUSED", "HOST_FAILED"].includes(error2.code ?? "");
    if (session && failed) await session.save({ marks: { failed: true } }, io.signal).catch(() => void 0);
    throw error2;
  }
}
var init_release_stage = __esm({
  "src/commands/stages/release-stage.ts"() {
    "use strict";
    init_release_to_host();
  }
});

// src/commands/stages/sync-folders.ts
function foldersOf2({ inputs }, target, root) {
  const folders = [];
  const add2 = (kind, acl) => {
    const one = target[kind];
    if (one) folders.push({ kind, folder: folderOf(one, root), prefix: one.prefix, acl });
  };
  add2("static", inputs.acl);
  add2("media", inputs.mediaAcl ?? inputs.acl);
  return folders;
}
var init_sync_folders = __esm({
  "src/commands/stages/sync-folders.ts"() {
    "use strict";
    init_destination();
  }
});

// src/commands/stages/sync-request.ts
function syncRequest(run3, { outcome, root, names: names2, bundled, changedAt: changedAt2 }, target, bucket) {
  return {
    inputs: run3.inputs,
    identity: run3.identity,
    folders: foldersOf2(run3, target, root),
    names: names2,
    bundled,
    manifestPath: outcome.collected?.manifest ?? void 0,
    changedAt: changedAt2,
    scratch: run3.scratch,
    ...bucket
  };
}
var init_sync_request = __esm({
  "src/commands/stages/sync-request.ts"() {
    "use strict";
    init_sync_folders();
  }
});

// src/commands/check.ts
function openStage(run3, address2) {
  return async () => {
    const value = await run3.bucket(address2);
    const live = value.session.before.releases.findLast((release) => release.live);
    return {
      value,
      result: `${value.store.name} opens; ${live ? `live is ${live.release}` : "nothing of ours is live"}`
    };
  };
}
async function lookAtFiles(run3, doctor, built, target, bucket) {
  const request = syncRequest(run3, built, target, bucket);
  await doctor.stage("Plan", () => planStage(request, { ...run3.ports, recorder: run3.recorder }));
}
async function lookOutside(run3, doctor, built, target) {
  const { ports, recorder, inputs } = run3;
  const io = { ...ports, recorder };
  const address2 = target?.bucket ?? bucketIn(inputs);
  const bucket = address2 && await doctor.stage("Bucket", openStage(run3, address2));
  if (built && target && bucket) await lookAtFiles(run3, doctor, built, target, bucket);
  const host = run3.host();
  if (host) {
    const look2 = async () => ({ value: await checkHost(host, io), result: `${host.title} answers` });
    await doctor.stage("Host", look2);
  }
  await doctor.stage("Site", async () => {
    const { url, page } = await lookBefore(run3.site, inputs.healthPath, host, io);
    const said2 = page === void 0 ? `${url} does not answer with a page yet` : `${url} answers`;
    return { value: void 0, result: url ? said2 : "no URL is known" };
  });
}
async function check3(run3, mistakes) {
  const { ports, recorder, context } = run3;
  const doctor = new Doctor(run3);
  if (mistakes.length > 0) doctor.keep(invalidInputs(mistakes));
  const built = await doctor.look(() => obtain(run3));
  const target = built && await doctor.look(async () => destinationOf(run3, built));
  const failure = doctor.problems.at(-1);
  if (built) await doctor.stage("Preflight", () => preflightStage(built, target, run3));
  else if (failure instanceof BuildFailure) await doctor.look(() => lookAtFailed(run3, failure));
  if (context.pullRequest?.fork || context.dependabot)
    ports.log.notice("Bucket and host were not looked at, because GitHub gives this run no secrets.");
  else await lookOutside(run3, doctor, built, target);
  const error2 = conclusion(doctor.problems);
  if (error2) throw error2;
  recorder.end("planned", "There is nothing to fix, and nothing was changed.");
}
function conclusion(problems) {
  if (problems.length < 2) return problems[0];
  const lines = problems.map(
    ({ code: code2, message, hint: hint2 }, at2) => [`${at2 + 1}. ${code2}: ${message}`, ...hint2 ? [hint2] : []].join("\n").replaceAll("\n", "\n   ")
  );
  return new DeployError("CHECKS_FAILED", [`${plural(problems.length, "thing")} to fix:`, ...lines].join("\n"), {
    hint: "Fix the first one first: others may go away with it."
  });
}
var Doctor;
var init_check = __esm({
  "src/commands/check.ts"() {
    "use strict";
    init_errors();
    init_inputs();
    init_text();
    init_destination();
    init_build();
    init_before();
    init_prepare();
    init_destination_of_run();
    init_plan_stage();
    init_preflight_stage();
    init_release_stage();
    init_sync_request();
    Doctor = class {
      problems = [];
      #run;
      constructor(run3) {
        this.#run = run3;
      }
      /** @throws what ends the whole run: that it was cancelled, or a mistake of the action itself. */
      keep(thrown) {
        this.#run.ports.signal.throwIfAborted();
        const error2 = toDeployError(thrown);
        if (error2.code === "INTERNAL" || error2.code === "UNTRUSTED_CODE") throw error2;
        this.problems.push(error2);
      }
      async look(work) {
        return work().catch((thrown) => this.keep(thrown));
      }
      stage(name, work) {
        return this.look(() => this.#run.recorder.stage(name, work));
      }
    };
  }
});

// src/ledger/releases.ts
function possiblyServing(ledger, sha) {
  const live = lastLive(ledger)?.seq ?? 0;
  const served = ({ sync, live: since, failed }) => !sync && (since !== void 0 || !failed);
  return ledger.releases.filter((release) => release.seq >= live && release.sha !== sha && served(release));
}
function unknownTo(ledger, releases, keys) {
  const found = /* @__PURE__ */ new Set();
  for (const key of keys) {
    const object2 = ledger.objects.get(key);
    if (!object2 || !releases.some(({ seq }) => object2.first <= seq && seq <= object2.last)) found.add(key);
  }
  return found;
}
function namedBy({ objects }, { seq }) {
  const named = ({ first, last, media }) => !media && first <= seq && seq <= last;
  return new Map([...objects].filter(([, object2]) => named(object2)));
}
function enterRelease(ledger, own) {
  const { releases } = ledger;
  const newest = releases.at(-1);
  const same2 = releases.findLast((release) => release.sync === own.sync);
  const later = releases.filter(({ seq }) => seq > (same2?.seq ?? 0));
  if (same2?.sha !== own.sha || later.some(({ sha }) => sha !== own.sha)) {
    return { seq: (newest?.seq ?? 0) + 1, ...own };
  }
  const { failed: _, ...again } = same2;
  return { ...again, run: compareRuns(own.run, same2.run) > 0 ? own.run : same2.run };
}
function overtakenBy(ledger, own) {
  const standing2 = ledger.releases.filter(({ failed }) => !failed);
  const newest = standing2.toSorted((a, b) => compareRuns(a.run, b.run) || a.seq - b.seq).at(-1);
  const overtakes = newest && newest.sha !== own.sha && compareRuns(newest.run, own.run) > 0;
  return overtakes ? newest : void 0;
}
var init_releases = __esm({
  "src/ledger/releases.ts"() {
    "use strict";
    init_run_order();
    init_ledger();
  }
});

// src/release/judge.ts
function namesRelease(text2, sha, release) {
  const lower = text2.toLowerCase();
  if (sha.length >= 7 && lower.includes(sha.toLowerCase())) return true;
  if (release !== "" && lower.includes(release.toLowerCase())) return true;
  const words2 = [...lower.matchAll(/(?<![0-9a-z])g?([0-9a-f]{7,40})(?![0-9a-z])/g)];
  return words2.some(([, word]) => sha.toLowerCase().startsWith(word ?? ""));
}
function wantedTexts(wanted, marks) {
  if (wanted === "true") return [marks.sha, marks.release];
  const values = { sha: marks.sha, release: marks.release, "short-sha": marks.sha.slice(0, 7) };
  return [wanted.replace(/\{(sha|release|short-sha)\}/g, (_, name) => values[name])];
}
function askedCommit(page, versionPage, marks) {
  if (marks.header !== void 0) {
    const value = page.headers[marks.header.toLowerCase()];
    if (value === void 0) return { seen: `no header ${marks.header}` };
    const seen3 = `${marks.header}: ${cut(value)}`;
    return namesRelease(value, marks.sha, marks.release) ? { evidence: { kind: "commit", seen: seen3 }, seen: seen3 } : { seen: seen3 };
  }
  if (marks.path !== void 0) {
    if (!versionPage || versionPage.status >= 300)
      return { seen: `${marks.path} answers ${versionPage?.status ?? "nothing"}` };
    const body2 = decode(versionPage.body);
    const seen3 = `${marks.path} says ${cut(body2)}`;
    return namesRelease(body2, marks.sha, marks.release) ? { evidence: { kind: "commit", seen: seen3 }, seen: seen3 } : { seen: seen3 };
  }
  const body = decode(page.body);
  const found = wantedTexts(marks.body ?? "", marks).find((text2) => body.includes(text2));
  if (found === void 0) return { seen: "the page does not hold the text of proof-body" };
  const seen2 = `the page holds ${cut(found)}`;
  return { evidence: { kind: "commit", seen: seen2 }, seen: seen2 };
}
function unaskedCommit(page, marks) {
  for (const [name, value] of Object.entries(page.headers)) {
    const named = commonHeaders.test(name) ? namesRelease(value, marks.sha, marks.release) : marks.sha.length === 40 && value.includes(marks.sha);
    if (named) return { kind: "commit", seen: `${name}: ${cut(value)}` };
  }
  const body = decode(page.body);
  const meta = body.match(commonMeta)?.find((tag) => namesRelease(tag, marks.sha, marks.release));
  if (meta) return { kind: "commit", seen: cut(meta) };
  if (marks.sha.length === 40 && body.includes(marks.sha))
    return { kind: "commit", seen: `${marks.sha.slice(0, 12)} in the page` };
  return void 0;
}
function hashedWords(body) {
  const words2 = body.replaceAll("\\/", "/").split(/[\s"'<>()\\,;=?#&]+/);
  const isHashed = (word) => hashOf(word) !== void 0 || splitBundled(word) !== void 0;
  return words2.filter((word) => word.length <= longestWord && isHashed(word)).map(decodePath2);
}
function decodePath2(word) {
  try {
    return decodeURIComponent(word);
  } catch {
    return word;
  }
}
function suffixes(path4) {
  const parts = path4.split("/");
  return parts.map((_, at2) => parts.slice(at2).join("/"));
}
function namedAssets(body, known2) {
  return new Set(hashedWords(body).flatMap((word) => suffixes(word).find((name) => known2.has(name)) ?? []));
}
function sourceOf2(name) {
  const plain = withoutHash(name);
  const bundled = splitBundled(plain);
  if (bundled === void 0) return plain;
  return plain === name ? `bundled ${bundled.source}` : `bundled and hashed ${bundled.source}`;
}
function successors2(names2) {
  const bySource = /* @__PURE__ */ new Map();
  const several = /* @__PURE__ */ new Set();
  for (const name of names2) {
    const source = sourceOf2(name);
    if (bySource.has(source)) several.add(source);
    bySource.set(source, name);
  }
  for (const source of several) bySource.delete(source);
  return bySource;
}
function replacedAssets(body, newNames) {
  const bySource = successors2(newNames);
  const replaced = /* @__PURE__ */ new Set();
  for (const word of hashedWords(body)) {
    const paths = suffixes(word);
    const at2 = paths.findIndex((path4) => bySource.has(sourceOf2(path4)));
    const successor = bySource.get(sourceOf2(paths[at2] ?? ""));
    if (successor !== void 0 && successor !== paths[at2]) replaced.add(successor);
  }
  return [...replaced];
}
function judge(page, versionPage, marks) {
  if (asksForCommit(marks)) return askedCommit(page, versionPage, marks);
  const commit = unaskedCommit(page, marks);
  if (commit) return { evidence: commit, seen: commit.seen };
  if (marks.hostSays !== void 0) return { evidence: { kind: "host", seen: marks.hostSays }, seen: marks.hostSays };
  const body = decode(page.body);
  const [asset] = namedAssets(body, marks.assets);
  if (asset !== void 0) return { evidence: { kind: "asset", seen: asset }, seen: asset };
  return { seen: describeAssets(body) };
}
function describeAssets(body) {
  const names2 = [...new Set(hashedWords(body).map((word) => word.split("/").at(-1) ?? word))];
  if (names2.length === 0) return "a page without hashed static files";
  return `a page with ${names2.slice(0, 3).join(", ")}${names2.length > 3 ? ` and ${names2.length - 3} more` : ""}`;
}
var commonHeaders, commonMeta, decode, cut, longestWord, asksForCommit;
var init_judge = __esm({
  "src/release/judge.ts"() {
    "use strict";
    init_bundlers();
    init_hashed_names();
    commonHeaders = /^x-(.*-)?(release|commit|revision|version|git-sha|sha|build)(-id|-sha)?$/;
    commonMeta = /<meta\s[^>]*name=["']?(?:release|commit|revision|version|git-commit|git-sha|build)["']?[^>]*>/gi;
    decode = (body) => new TextDecoder().decode(body);
    cut = (text2) => text2.replace(/\s+/g, " ").trim().slice(0, 80);
    longestWord = 1024;
    asksForCommit = (marks) => (marks.header ?? marks.path ?? marks.body) !== void 0;
  }
});

// src/release/expectation.ts
function expectAssets(names2, before, pageBefore) {
  const shown = namedAssets(pageBefore ?? "", names2);
  const replaced = replacedAssets(pageBefore ?? "", names2);
  const expect = (need, assets2, expected2, weak = false) => ({
    need: assets2.size === 0 ? "none" : need,
    assets: assets2,
    names: names2,
    expected: assets2.size === 0 ? "nothing that the release before had not" : expected2,
    weak
  });
  const known2 = before.kind === "first" || before.kind === "same-commit";
  if (known2 && replaced.length === 0) {
    const weak = before.kind === "first" && shown.size > 0;
    return expect("required", names2, "a page with static files of this release", weak);
  }
  const assets = without(before.kind === "other" ? before.fresh : names2, shown);
  const successors3 = replaced.filter((name) => assets.has(name));
  if (successors3.length > 0) return expect("required", assets, `a page with ${some(successors3)}`);
  const namesFiles = before.kind === "other" ? before.shown : pageBefore === void 0;
  if (namesFiles && shown.size === 0) return expect("required", assets, "a page with static files of this release");
  if (before.kind === "unknown" && shown.size > 0) return expect("none", /* @__PURE__ */ new Set(), "");
  return expect(
    "possible",
    assets,
    `a page with one of ${assets.size} files that only this release has, such as ${some(assets)}`
  );
}
var some, without;
var init_expectation = __esm({
  "src/release/expectation.ts"() {
    "use strict";
    init_judge();
    some = (names2) => [...names2].slice(0, 3).join(", ");
    without = (names2, others2) => new Set([...names2].filter((name) => !others2.has(name)));
  }
});

// src/release/earlier.ts
function readBefore(session, sha, names2, prefix2) {
  if (!session) return { kind: "unknown" };
  const others2 = possiblyServing(session.before, sha);
  if (others2.length === 0) return { kind: lastLive(session.before)?.sha === sha ? "same-commit" : "first" };
  const keys = [...names2].map((name) => prefix2 + name);
  const fresh = [...unknownTo(session.before, others2, keys)].map((key) => key.slice(prefix2.length));
  return { kind: "other", fresh: new Set(fresh), shown: lastLive(session.before)?.proof === "asset" };
}
function commonFolder([first = "", ...others2]) {
  let folder = first.slice(0, first.lastIndexOf("/") + 1);
  while (folder !== "" && !others2.every((key) => key.startsWith(folder))) {
    folder = folder.slice(0, folder.lastIndexOf("/", folder.length - 2) + 1);
  }
  return folder;
}
function expectEarlier(ledger, earlier, page) {
  const keys = [...namedBy(ledger, earlier).keys()].filter((key) => hashOf(key) !== void 0);
  const folder = commonFolder(keys);
  const names2 = (of) => new Set([...of].map((key) => key.slice(folder.length)));
  const fresh = names2(unknownTo(ledger, possiblyServing(ledger, earlier.sha), keys));
  return expectAssets(names2(keys), { kind: "other", fresh, shown: earlier.proof === "asset" }, page);
}
var init_earlier = __esm({
  "src/release/earlier.ts"() {
    "use strict";
    init_hashed_names();
    init_ledger();
    init_releases();
    init_expectation();
  }
});

// src/commands/run/run-ended.ts
var RunEnded, superseded;
var init_run_ended = __esm({
  "src/commands/run/run-ended.ts"() {
    "use strict";
    RunEnded = class extends Error {
      name = "RunEnded";
      status;
      /** @param reason A sentence: why the run ends here. */
      constructor(status, reason) {
        super(reason);
        this.status = status;
      }
    };
    superseded = (by) => new RunEnded("superseded", `A newer deploy took the place of this one${by ? ` (${by})` : ""}.`);
  }
});

// src/release/page-links.ts
function srcsetUrls(srcset) {
  return [...(srcset ?? "").matchAll(/(?:^|,)\s*([^\s,]\S*[^\s,]|[^\s,])/g)].map((match) => match[1] ?? "");
}
function cssLinks(css, base) {
  const plain = css.replace(/\/\*[\s\S]*?\*\//g, "");
  const fonts = [...plain.matchAll(/@font-face\s*\{[^}]*\}/gi)].map((match) => match[0]).join("\n");
  const links = [];
  const add2 = (target, use) => {
    const url = absolute(target, base);
    if (url) links.push({ url, use, cors: use === "font", credentials: false, from: base });
  };
  for (const target of cssUrls(fonts)) add2(target, "font");
  for (const [, quoted, bare2] of plain.matchAll(
    /@import\s*(?:url\(\s*)?(?:["']([^"']+)["']|(?<=\()\s*([^"')\s]+))/gi
  )) {
    add2(quoted ?? bare2 ?? "", "style");
  }
  const rest = plain.replace(/@font-face\s*\{[^}]*\}/gi, "").replace(/@import\s*(?:url\([^)]*\)|"[^"]*"|'[^']*')[^;]*;?/gi, "");
  for (const target of cssUrls(rest)) add2(target, "image");
  return unique(links);
}
function cssUrls(css) {
  return [...css.matchAll(/url\(\s*(?:"([^"]*)"|'([^']*)'|([^"')\s]+))\s*\)/gi)].map(
    ([, a, b, c]) => a ?? b ?? c ?? ""
  );
}
function absolute(target, base) {
  const trimmed = target.trim();
  if (trimmed === "" || trimmed.startsWith("#") || !URL.canParse(trimmed, base)) return void 0;
  const url = new URL(trimmed, base);
  url.hash = "";
  return /^https?:$/.test(url.protocol) ? url.href : void 0;
}
function unique(links) {
  const found = /* @__PURE__ */ new Map();
  for (const link2 of links) {
    const seen2 = found.get(link2.url);
    found.set(
      link2.url,
      seen2 ? { ...seen2, cors: seen2.cors || link2.cors, credentials: seen2.credentials || link2.credentials } : link2
    );
  }
  return [...found.values()];
}
function fromLink(attributes, add2) {
  const rels = (attributes.rel ?? "").toLowerCase().split(/\s+/);
  const { href } = attributes;
  if (rels.includes("stylesheet")) add2(href, "style");
  else if (rels.some((rel) => /icon$/.test(rel))) add2(href, "image");
  else if (rels.includes("manifest")) add2(href, "manifest", true);
  else if (rels.includes("modulepreload")) add2(href, "script", true);
  else if (rels.includes("preload")) {
    const use = preloads[attributes.as ?? ""] ?? "other";
    add2(href, use, use === "font");
    for (const target of srcsetUrls(attributes.imagesrcset)) add2(target, "image");
  }
}
async function pageLinks(html, pageUrl) {
  const { Parser: HtmlParser } = await import("./htmlparser2.cjs");
  const links = [];
  let base;
  let styleText = false;
  let templates2 = 0;
  const styles = [];
  const parser = new HtmlParser({
    onopentag(name, attributes) {
      const add2 = (target, use, cors = false) => {
        const url = target === void 0 ? void 0 : absolute(target, base ?? pageUrl);
        const asked = attributes.crossorigin;
        const credentials = asked === "use-credentials";
        if (url) links.push({ url, use, cors: cors || asked !== void 0, credentials, from: pageUrl });
      };
      if (name === "template") templates2 += 1;
      if (templates2 > 0) return;
      if (attributes.style?.includes("url(")) styles.push(attributes.style);
      styleText = name === "style";
      if (name === "base" && attributes.href && URL.canParse(attributes.href, pageUrl))
        base ??= new URL(attributes.href, pageUrl).href;
      else if (name === "link") fromLink(attributes, add2);
      else if (name === "script" && runs(attributes.type))
        add2(attributes.src, "script", attributes.type?.trim().toLowerCase() === "module");
      else if (name === "img" || name === "input" && attributes.type === "image") {
        add2(attributes.src, "image");
        for (const target of srcsetUrls(attributes.srcset)) add2(target, "image");
      } else if (name === "source") {
        add2(attributes.src, "media");
        for (const target of srcsetUrls(attributes.srcset)) add2(target, "image");
      } else if (name === "video" || name === "audio") {
        add2(attributes.src, "media");
        add2(attributes.poster, "image");
      } else if (name === "use" || name === "image") add2(attributes.href ?? attributes["xlink:href"], "image");
    },
    ontext(text2) {
      if (styleText) styles.push(text2);
    },
    onclosetag(name) {
      if (name === "template") templates2 -= 1;
      styleText = false;
    }
  });
  parser.end(html);
  const inline = styles.flatMap((css) => cssLinks(css, base ?? pageUrl));
  return unique([...links, ...inline.map((link2) => ({ ...link2, from: pageUrl }))]);
}
var preloads, runs;
var init_page_links = __esm({
  "src/release/page-links.ts"() {
    "use strict";
    preloads = {
      style: "style",
      script: "script",
      image: "image",
      font: "font",
      audio: "media",
      video: "media"
    };
    runs = (type) => !type || /^(module|(text|application)\/(x-)?(java|ecma)script\b.*)$/i.test(type.trim());
  }
});

// src/release/page-files.ts
function statusProblem(link2, status, origin) {
  const elsewhere = new URL(link2.url).origin !== origin;
  if (status === 403 && elsewhere) {
    return "answers 403: it may not be read, or it is not there. Set acl: public-read, or make the prefix public by a bucket policy.";
  }
  if (status === 404 && !elsewhere) {
    return "answers 404: the app was asked for it and does not serve it. Let STATIC_URL lead to the bucket, or serve static files by WhiteNoise.";
  }
  if (status === 404)
    return "answers 404: the page and the bucket are of different releases, or STATIC_URL leads to another prefix.";
  return `answers ${status}.`;
}
function corsProblem(link2, response, origin) {
  if (!link2.cors || new URL(link2.url).origin === origin) return void 0;
  const allowed2 = response.headers["access-control-allow-origin"];
  if (link2.credentials && allowed2 === origin && response.headers["access-control-allow-credentials"] !== "true") {
    return `has no "Access-Control-Allow-Credentials: true", so browsers refuse it with crossorigin="use-credentials".`;
  }
  if (allowed2 === origin || allowed2 === "*" && !link2.credentials) return void 0;
  const got = allowed2 === void 0 ? "no Access-Control-Allow-Origin" : `Access-Control-Allow-Origin: ${allowed2}`;
  return `has ${got}, so browsers refuse it for ${origin}. Add a CORS rule to the bucket: AllowedOrigins ${origin}${link2.credentials ? "" : " (or *)"}, AllowedMethods GET, HEAD.`;
}
function checkAsset(link2, response, origin) {
  if (response.status !== 200) return { problem: statusProblem(link2, response.status, origin) };
  const type = typeOf(response);
  const cors = corsProblem(link2, response, origin);
  if (cors) return { problem: cors };
  const wanted = wantedType[link2.use];
  if (wanted && !wanted.test(type)) {
    const message = `has the type "${type || "none"}", and a ${link2.use} needs another.`;
    const broken = link2.use === "style" || link2.use === "script" || type === "text/html";
    return broken ? { problem: message } : { remark: message };
  }
  const vary = response.headers.vary ?? "";
  if (link2.cors && response.headers["access-control-allow-origin"] === origin && !/\borigin\b|\*/i.test(vary)) {
    return { remark: 'allows one origin and has no "Vary: Origin", so a cache can give it to the wrong one.' };
  }
  return {};
}
function fetchAll(http, links, origin, signal) {
  return mapLimit(links, atOnce2, signal, async (link2) => {
    const headers = { accept: "*/*", ...link2.cors ? { origin } : {} };
    return { link: link2, loaded: await load(http, link2.url, headers, 2e4, signal) };
  });
}
function judgeAsset({ link: link2, loaded }, origin) {
  if (loaded.kind === "page") return checkAsset(link2, loaded.response, origin);
  return { problem: (diagnose(loaded) ?? "").replace(/^it /, "") };
}
async function checkAssets(http, page, ours, signal) {
  const { origin } = new URL(page.url);
  const isOurs2 = (link2) => new URL(link2.url).origin === origin || ours.has(new URL(link2.url).origin);
  const named = await pageLinks(page.body, page.url);
  const first = await fetchAll(http, named.filter(isOurs2).slice(0, mostAssets), origin, signal);
  const seen2 = new Set(first.map(({ link: link2 }) => link2.url));
  const inStyles = first.flatMap(({ link: link2, loaded }) => {
    const isStyle = loaded.kind === "page" && loaded.response.status === 200 && typeOf(loaded.response) === "text/css";
    return isStyle ? cssLinks(new TextDecoder().decode(loaded.response.body), link2.url) : [];
  });
  const nested = unique(inStyles.filter(({ url }) => !seen2.has(url)));
  const second = await fetchAll(http, nested.filter(isOurs2).slice(0, mostAssets), origin, signal);
  const problems = [];
  const remarks = [];
  for (const fetched of [...first, ...second]) {
    const { problem, remark } = judgeAsset(fetched, origin);
    if (problem) problems.push({ url: fetched.link.url, message: problem });
    if (remark) remarks.push({ url: fetched.link.url, message: remark });
  }
  const foreign = [...named, ...nested].filter((link2) => !isOurs2(link2)).length;
  return { checked: first.length + second.length, foreign, problems, remarks };
}
var mostAssets, atOnce2, wantedType, typeOf;
var init_page_files = __esm({
  "src/release/page-files.ts"() {
    "use strict";
    init_map_limit();
    init_page();
    init_page_links();
    mostAssets = 300;
    atOnce2 = 8;
    wantedType = {
      style: /^text\/css$/,
      script: /^(text|application)\/(x-)?(java|ecma)script$/,
      image: /^image\//,
      font: /^(font\/|application\/(x-)?font|application\/vnd\.ms-fontobject$|application\/octet-stream$|binary\/octet-stream$)/,
      manifest: /^application\/(manifest\+)?json$/,
      media: void 0,
      other: void 0
    };
    typeOf = (response) => (response.headers["content-type"] ?? "").split(";")[0]?.trim().toLowerCase() ?? "";
  }
});

// src/release/proof.ts
async function look(request, acceptAny, io) {
  const { marks } = request;
  const timeout2 = Math.max(1e3, Math.min(2e4, request.deadline - io.clock.now()));
  const load2 = await loadPage(io.http, join31(request.url, request.healthPath), timeout2, io.signal);
  const wrong = diagnose(load2);
  if (wrong !== void 0 || load2.kind !== "page") return { wrong: wrong ?? "it does not answer" };
  const version3 = marks.path === void 0 ? void 0 : await loadPage(io.http, join31(request.url, marks.path), timeout2, io.signal);
  const { evidence, seen: seen2 } = judge(load2.response, version3?.kind === "page" ? version3.response : void 0, marks);
  const body = new TextDecoder().decode(load2.response.body);
  const { assets: fresh, names: names2 } = request.expectation;
  const older = replacedAssets(body, names2).some((name) => fresh.has(name));
  if (!evidence && (!acceptAny || older)) {
    const cached = fromCache(load2.response);
    return { wrong: `it answers ${load2.response.status} with ${seen2}${cached ? `, out of a cache (${cached})` : ""}` };
  }
  const assets = await checkAssets(io.http, { url: load2.url, body }, request.ours, io.signal);
  if (assets.problems.length === 0) return { evidence, page: load2.url, assets };
  const [first] = assets.problems;
  return { wrong: `${first?.url} ${first?.message}`, broken: assets.problems };
}
async function prove(request, io) {
  const { clock } = io;
  const began = clock.now();
  const settled = request.expectation.need === "possible" ? began + settleTime : began;
  const mustShow = asksForCommit(request.marks) || request.marks.hostSays !== void 0 || request.expectation.need === "required";
  let good = 0;
  let evidence;
  let broken = 0;
  let brokenSince = 0;
  let logged = began;
  for (let round = 1; ; round++) {
    const acceptAny = !mustShow && clock.now() >= Math.min(settled, request.deadline - 2 * longestWait3);
    const seen2 = await look(request, acceptAny, io);
    good = seen2.wrong === void 0 ? good + 1 : 0;
    evidence = good === 1 || evidence ? seen2.evidence : void 0;
    if (seen2.page && seen2.assets && good >= goodRounds) {
      return { evidence, page: seen2.page, assets: seen2.assets, rounds: round, at: clock.now() };
    }
    if (seen2.broken) {
      if (broken++ === 0) brokenSince = clock.now();
      const patient = broken < brokenRounds || clock.now() - brokenSince < brokenPatience;
      if (!patient || clock.now() + longestWait3 > request.deadline) throw brokenAssets(seen2.broken);
    } else broken = 0;
    if (seen2.wrong !== void 0 && clock.now() - logged >= logEvery2) {
      logged = clock.now();
      io.onWait(`${request.url}: ${seen2.wrong} (${formatDuration(clock.now() - began)})`);
    }
    const wait = good > 0 ? firstWait3 : backoff(round, firstWait3, longestWait3, io.random);
    if (clock.now() + wait >= request.deadline) {
      if (seen2.wrong === void 0) continue;
      throw notProven(request, seen2.wrong, clock.now() - began);
    }
    await clock.sleep(wait, io.signal);
  }
}
function brokenAssets(problems) {
  const lines = problems.slice(0, 8).map(({ url, message }) => `  ${url} ${message}`);
  const more = problems.length > 8 ? [`  and ${problems.length - 8} more`] : [];
  const title2 = `The new release answers, but its page links ${plural(problems.length, "file")} that browsers do not load:`;
  return new DeployError("ASSETS_BROKEN", [title2, ...lines, ...more].join("\n"), {
    hint: "Each line says what to do. Visitors see a broken page until it is fixed."
  });
}
function expected(request) {
  const { marks, expectation } = request;
  const commit = marks.sha.slice(0, 12);
  if (marks.header !== void 0) return `${marks.header}: ${commit}`;
  if (marks.path !== void 0) return `${commit} at ${marks.path}`;
  if (marks.body !== void 0) return `the text of proof-body for ${commit}`;
  if (marks.hostSays !== void 0) return "a page that answers 200";
  return expectation.expected;
}
function notProven(request, seen2, waited) {
  const { url, healthPath } = request;
  const message = [
    `${join31(url, healthPath)} did not show release ${request.marks.release} within ${formatDuration(waited)}.`,
    `  expected: ${expected(request)}`,
    `  seen:     ${seen2}`
  ].join("\n");
  return new DeployError("NOT_PROVEN", message, {
    hint: "Look at the host's deploy: it may have failed, or still run (then raise timeout). If this page never names static files, prove the release by proof-header, proof-path or another health-path."
  });
}
var goodRounds, brokenRounds, brokenPatience, settleTime, firstWait3, longestWait3, logEvery2, join31;
var init_proof = __esm({
  "src/release/proof.ts"() {
    "use strict";
    init_errors();
    init_retry();
    init_text();
    init_judge();
    init_page();
    init_page_files();
    goodRounds = 2;
    brokenRounds = 4;
    brokenPatience = 15e3;
    settleTime = 18e4;
    firstWait3 = 1e3;
    longestWait3 = 1e4;
    logEvery2 = 3e4;
    join31 = (url, path4) => url.replace(/\/+$/, "") + path4;
  }
});

// src/commands/stages/proof-stage.ts
function marksOf(hostInputs, request, expectation, hostSays) {
  const { options } = hostInputs;
  return {
    sha: request.sha,
    release: request.release,
    header: option(options, "proof-header"),
    path: option(options, "proof-path"),
    body: option(options, "proof-body"),
    hostSays,
    assets: expectation.assets
  };
}
async function proofStage(request, io) {
  const { url, healthPath, expectation, release, hostInputs, hostSays, deadline } = request;
  const marks = marksOf(hostInputs, release, expectation, hostSays);
  const proof = await io.log.group(`Proof: ${url}${healthPath}`, async () => {
    io.log.info(
      `Waiting for ${marks.header ?? marks.path ?? marks.body ? "the commit where host-options say that it stands" : expectation.expected}`
    );
    const ours = /* @__PURE__ */ new Set([...request.origins, new URL(url).origin]);
    const found = await prove({ url, healthPath, marks, expectation, ours, deadline }, { ...io, onWait: io.log.info });
    for (const { url: address2, message } of found.assets.remarks) io.recorder.warn(`${address2} ${message}`);
    return found;
  });
  const { evidence, assets } = proof;
  if (expectation.weak && evidence?.kind === "asset") {
    io.recorder.warn(
      "This is the first deploy by this action, and the page named the same static files before it. Later deploys are told from one another."
    );
  }
  io.recorder.note({
    url,
    proof: {
      evidence,
      page: proof.page,
      at: new Date(proof.at).toISOString(),
      assets: assets.checked,
      foreignAssets: assets.foreign
    }
  });
  const seen2 = evidence ? `${evidence.kind}: ${evidence.seen}` : "it answers, and nothing tells this release from the one before";
  return { value: proof, result: `${seen2}; ${plural(assets.checked, "file")} of the page checked` };
}
var provableAdvice;
var init_proof_stage = __esm({
  "src/commands/stages/proof-stage.ts"() {
    "use strict";
    init_options();
    init_text();
    init_proof();
    provableAdvice = [
      "To prove the next deploy by its commit, let the app say which one it runs:",
      "",
      "    # release.py",
      "    import os",
      "",
      "    def show_release(get_response):",
      "        def middleware(request):",
      "            response = get_response(request)",
      `            response["X-Release"] = os.environ.get("RENDER_GIT_COMMIT", "")  # or your host's own variable`,
      "            return response",
      "        return middleware",
      "",
      'and add "yourproject.release.show_release" to MIDDLEWARE.'
    ].join("\n");
  }
});

// src/commands/release-and-prove.ts
async function releaseAndProve(run3, host, to) {
  const { ports, recorder, inputs } = run3;
  const io = { ...ports, recorder };
  const deadline = ports.clock.now() + inputs.timeout;
  const outcome = host && await recorder.stage(to.stage, () => releaseStage(host, to.request, deadline, to.session, io));
  if (outcome?.phase === "superseded") throw superseded(outcome.by?.slice(0, 20));
  const url = to.before.url ?? outcome?.release.url ?? await findUrl(void 0, host, io);
  recorder.note({ url });
  if (!url) return { outcome, url, proof: void 0 };
  const hostSays = outcome?.phase === "live" ? outcome.hostSays : void 0;
  const { healthPath } = inputs;
  const { expectation, origins } = to;
  const request = { url, healthPath, ...to.shows(outcome), expectation, hostSays, origins, deadline };
  const proof = await recorder.stage("Proof", () => proofStage(request, io));
  return { outcome, url, proof };
}
var init_release_and_prove = __esm({
  "src/commands/release-and-prove.ts"() {
    "use strict";
    init_before();
    init_run_ended();
    init_proof_stage();
    init_release_stage();
  }
});

// src/commands/run/host-request.ts
function requestOf({ context, plan }, artifact) {
  return {
    release: plan.release,
    sha: context.sha,
    branch: context.branch,
    environment: plan.identity.name,
    repository: context.repository,
    runUrl: context.runUrl,
    artifact: artifact && { path: artifact.path, sha256: artifact.sha256 }
  };
}
var init_host_request = __esm({
  "src/commands/run/host-request.ts"() {
    "use strict";
  }
});

// src/commands/rollback.ts
function findTarget2(releases, to) {
  const live = releases.filter(({ live: since }) => since !== void 0);
  if (to === void 0) {
    const first = live.findIndex(({ sha }) => sha === live.at(-1)?.sha);
    return live[first - 1];
  }
  return live.findLast(({ release, sha }) => release === to || to.length >= 7 && sha.startsWith(to));
}
function rollbackHost(chosen, target) {
  const host = chosen.host.rollback?.(target);
  return host && { host, title: `${chosen.title}, back` };
}
async function goBack(run3, host, { target, known: known2, session }) {
  const { ports, recorder, inputs } = run3;
  const request = requestOf(run3, void 0);
  const before = await lookBefore(run3.site, inputs.healthPath, run3.host(), { ...ports, recorder });
  const shaOf = (outcome2) => outcome2?.release.sha || target?.sha;
  const { outcome, url, proof } = await releaseAndProve(run3, host, {
    stage: "Rollback",
    request,
    session: void 0,
    before,
    expectation: session && known2 ? expectEarlier(session.now, known2, before.page) : expectAssets(/* @__PURE__ */ new Set(), { kind: "unknown" }, void 0),
    origins: originsOf({ bucket: bucketIn(inputs), urls: [] }),
    shows(asked) {
      const sha = shaOf(asked);
      const hostInputs = sha ? inputs.hostInputs : { ...inputs.hostInputs, options: {} };
      return { release: { ...request, sha: sha ?? "", release: target?.release ?? "" }, hostInputs };
    }
  });
  return { sha: shaOf(outcome), url, proof };
}
function filesOf({ releases, objects }, sha) {
  const own = releases.filter((release) => release.sha === sha);
  const named = ({ first, last, doomed }) => !doomed && own.some(({ seq }) => first <= seq && seq <= last);
  return new Map([...objects].filter(([, object2]) => named(object2)));
}
async function moveLedger(run3, { sha, proof }) {
  const bucket = bucketIn(run3.inputs);
  if (!bucket || !isWhole(sha) || !proof?.evidence) return;
  const { session } = await run3.bucketFor(bucket, sha);
  const marks = { live: new Date(proof.at).toISOString(), proof: proof.evidence.kind };
  await session.save({ marks, objects: filesOf(session.before, sha) }, run3.ports.signal);
}
async function rollback(run3, to) {
  const { ports, recorder, inputs } = run3;
  const chosen = run3.host();
  const bucket = bucketIn(inputs);
  const session = bucket && (await run3.bucket(bucket)).session;
  const known2 = session && findTarget2(session.before.releases, to);
  const target = targetFor(known2, to);
  const back = chosen && rollbackHost(chosen, target);
  if (!back) {
    const why = ports.hosts[inputs.host]?.lacks("rollback", inputs.hostInputs) ?? "no host is named";
    throw new DeployError("INVALID_INPUTS", `There is no way back: ${why}.`, {
      hint: "Revert the commit and push: that deploys the old code as a new release."
    });
  }
  const where2 = target?.sha ?? target?.release ?? "the release before";
  if (inputs.dryRun) return recorder.end("planned", `Nothing was changed. The next run would go back to ${where2}.`);
  if (isWhole(target?.sha)) recorder.note({ sha: target.sha });
  const found = await goBack(run3, back, { target, known: known2, session });
  recorder.note({ url: found.url, ...isWhole(found.sha) ? { sha: found.sha } : {} });
  await moveLedger(run3, found);
  recorder.end("rolled-back", describe(found));
}
async function rollbackAfter(run3, session, failure) {
  const { recorder, inputs, ports } = run3;
  const visible = failure instanceof DeployError && seen.includes(failure.code);
  const chosen = run3.host();
  if (!inputs.rollback || !chosen || !visible || ports.signal.aborted) return void 0;
  const known2 = lastLiveOfAnother(session, run3.context.sha);
  const target = targetFor(known2, void 0);
  const back = rollbackHost(chosen, target);
  if (!back) {
    recorder.warn('"rollback: true" changes nothing here: this host has no way back.');
    return void 0;
  }
  try {
    return describe(await goBack(run3, back, { target, known: known2, session }));
  } catch (error2) {
    ports.signal.throwIfAborted();
    recorder.warn(`The release before could not be put back: ${error2.message}`);
    return void 0;
  }
}
var targetFor, describe, isWhole, RolledBackError, seen, lastLiveOfAnother;
var init_rollback = __esm({
  "src/commands/rollback.ts"() {
    "use strict";
    init_errors();
    init_destination();
    init_before();
    init_earlier();
    init_expectation();
    init_addresses();
    init_release_and_prove();
    init_host_request();
    targetFor = (known2, to) => {
      if (known2) return { sha: known2.sha, release: known2.release };
      if (to === void 0) return void 0;
      return /^[0-9a-f]{7,64}$/.test(to) ? { sha: to } : { release: to, id: to };
    };
    describe = ({ sha, url, proof }) => {
      const where2 = sha ? `commit ${sha.slice(0, 12)}` : "the release before";
      const shown = proof?.evidence ? "" : "; nothing proves it";
      return `Back at ${where2}${url ? `: ${url}` : ""}${shown}.`;
    };
    isWhole = (sha) => /^([0-9a-f]{40}|[0-9a-f]{64})$/.test(sha ?? "");
    RolledBackError = class extends DeployError {
      constructor({ code: code2, message, hint: hint2, at: at2 }, rolledBack) {
        super(code2, `${message}
${rolledBack}`, { ...hint2 ? { hint: hint2 } : {}, ...at2 ? { at: at2 } : {} });
      }
    };
    seen = ["NOT_PROVEN", "ASSETS_BROKEN"];
    lastLiveOfAnother = (session, own) => session?.before.releases.findLast(({ live, sha }) => live !== void 0 && sha !== own);
  }
});

// src/github/fence.ts
function orderOf({ payload }) {
  const { id, attempt } = payload.order ?? {};
  return typeof id === "number" && typeof attempt === "number" ? { id, attempt } : void 0;
}
async function isLater(deployment, live, own, github) {
  if (deployment.sha === own.sha) return false;
  const theirs = orderOf(deployment);
  if (theirs) return compareRuns(theirs, own.order) > 0;
  return live && own.event === "push" && await github.compare(deployment.sha, own.sha) === "behind";
}
async function newerDeployment(own, github) {
  for await (const page of github.deployments(own.identity.name)) {
    for (const deployment of page) {
      if (!concerns(deployment, own.identity) || deployment.payload.release === own.release) continue;
      const [latest] = await github.deploymentStatuses(deployment.id);
      if (!standing.includes(latest?.state ?? "")) continue;
      const live = latest?.state === "success";
      if (await isLater(deployment, live, own, github)) return nameOf(deployment);
      if (live) return void 0;
    }
    return void 0;
  }
  return void 0;
}
var standing, nameOf;
var init_fence = __esm({
  "src/github/fence.ts"() {
    "use strict";
    init_run_order();
    init_deployment();
    standing = ["success", "in_progress", "queued"];
    nameOf = ({ payload, sha }) => typeof payload.release === "string" ? payload.release : sha.slice(0, 12);
  }
});

// src/commands/run/overtaken.ts
async function meanwhile({ ports, recorder, context, github }, pullRequest) {
  if (!github) return "open";
  try {
    const { open: open6, head } = await github.pullRequest(pullRequest);
    if (!open6) return "closed";
    return head === context.sha ? "open" : "moved";
  } catch (error2) {
    ports.signal.throwIfAborted();
    recorder.warn(`Whether pull request #${pullRequest} is still open is not known: ${error2.message}.`);
    return "open";
  }
}
async function newerAtGitHub({ ports, recorder, context, identity, plan, github }) {
  if (!github) return void 0;
  const { sha, order, event } = context;
  try {
    return await newerDeployment({ sha, order, event, identity, release: plan.release }, github);
  } catch (error2) {
    ports.signal.throwIfAborted();
    recorder.warn(`Whether a newer deploy is live is not known: ${error2.message}.`);
    return void 0;
  }
}
async function stopIfOvertaken(run3, session) {
  const { ports, plan } = run3;
  const now = plan.kind === "preview" ? await meanwhile(run3, plan.pullRequest) : "open";
  if (now === "closed") throw new RunEnded("removed", "The pull request was closed.");
  const newer = now === "moved" ? "the pull request has a newer commit" : session ? (await session.overtaken(ports.signal))?.release : await newerAtGitHub(run3);
  if (newer === void 0) return;
  await session?.save({ marks: { failed: true } }, ports.signal);
  throw superseded(newer);
}
var init_overtaken = __esm({
  "src/commands/run/overtaken.ts"() {
    "use strict";
    init_fence();
    init_run_ended();
  }
});

// src/commands/stages/prune-stage.ts
async function pruneStage(request, keys, io) {
  try {
    return { value: void 0, result: await prune(request, keys, io) };
  } catch (error2) {
    io.signal.throwIfAborted();
    await request.session.save({ publishing: void 0 }, io.signal).catch(() => void 0);
    const { message } = error2;
    const cause = error2.code === "BUCKET_DENIED" ? " Deleting needs s3:DeleteObject." : "";
    io.recorder.warn(
      `Old static files stay in the bucket: ${message}${cause} To keep them on purpose, write "prune: off".`
    );
    return { value: void 0, result: "old files stay" };
  }
}
async function prune({ identity, inputs, store, session }, candidates2, io) {
  const left = (why) => `${plural(candidates2.length, "old file")} left for later: ${why}`;
  if (await session.overtaken(io.signal)) return left("a newer release is there");
  const siblings = await readSiblings(store, identity, io.signal);
  if (siblings.unreadable.length > 0) {
    const names2 = listSome(siblings.unreadable, 3);
    io.recorder.warn(
      `Nothing was deleted, because ledgers in the bucket cannot be read: ${names2}. Delete those ledgers.`
    );
    return left("an unreadable ledger");
  }
  const now = io.clock.now();
  const keys = candidates2.filter((key) => !heldElsewhere(siblings, key, now, inputs.prune ?? 0));
  if (keys.length === 0) return "nothing to delete";
  if (await session.lock(io.signal)) return left("a newer release is there");
  await session.save({ doomed: new Set(keys) }, io.signal);
  const doomed = keys.filter((key) => session.now.objects.get(key)?.doomed);
  const failed = await store.delete(doomed, io.signal);
  const deleted = doomed.filter((key) => !failed.has(key));
  await session.save({ deleted: new Set(deleted), publishing: void 0 }, io.signal);
  const { sync } = io.recorder.report();
  if (sync) io.recorder.note({ sync: { ...sync, deleted: deleted.length } });
  if (failed.size > 0) {
    const [[key, reason] = ["", ""]] = failed;
    io.recorder.warn(`${plural(failed.size, "old file")} could not be deleted, ${key} among them: ${reason}.`);
  }
  return `${plural(deleted.length, "old file")} deleted`;
}
var init_prune_stage = __esm({
  "src/commands/stages/prune-stage.ts"() {
    "use strict";
    init_siblings();
    init_text();
    init_prune();
  }
});

// src/sync/apply-sync.ts
function sameHeaders(wanted, found) {
  const names2 = ["contentType", "cacheControl", "contentEncoding", "contentDisposition", "contentLanguage"];
  return names2.every((name) => (wanted[name] ?? "") === (found[name] ?? ""));
}
async function applySync(plan, store, objects, options) {
  const { ledger, signal } = options;
  const note = (planned2, etag, size = bytesOf(planned2)) => {
    const { key, file, form, source } = planned2;
    const media = source.kind === "media" ? { media: true } : {};
    objects.set(key, { md5: file.md5, size, etag, headers: form.fingerprint, ...media });
  };
  for (const file of plan.unchanged) {
    const known2 = ledger.planned.objects.get(file.key);
    const asKnown = known2?.headers === file.form.fingerprint && known2.media === (file.source.kind === "media" || void 0);
    if (known2 && asKnown) objects.set(file.key, known2);
    else note(file, known2?.etag ?? file.file.md5, known2?.size);
  }
  const { again, same: same2 } = await verify(plan.verify, store, signal, note);
  const wrong = await replaceable(plan.conflicts, store, signal);
  const { newer, kept: kept2 } = await contest(plan.contested, options);
  const puts = [...plan.puts.map(({ file }) => file), ...again, ...wrong, ...newer];
  const progress2 = {
    files: 0,
    ofFiles: puts.length,
    bytes: 0,
    ofBytes: puts.reduce((sum, put) => sum + bytesOf(put), 0)
  };
  let resent = 0;
  const result = (overtaken) => ({
    uploaded: progress2.files - resent,
    unchanged: plan.unchanged.length + same2,
    bytesUploaded: progress2.bytes,
    kept: kept2,
    overtaken
  });
  const sendAll = (files) => mapLimit(files, store.atOnce, signal, async (file) => {
    note(file, await send2(file, store, signal));
    progress2.files += 1;
    progress2.bytes += bytesOf(file);
    options.onProgress(progress2);
  });
  options.onProgress(progress2);
  const large = puts.filter((file) => store.partSize(bytesOf(file)) !== void 0);
  if (large.length > 0) await ledger.begin(new Set(large.map(({ key }) => key)));
  const byPhase = Map.groupBy(puts, ({ phase }) => phase);
  const doomed = puts.filter(({ key }) => ledger.planned.objects.get(key)?.doomed);
  const enter = async () => {
    if (!await ledger.enter()) return false;
    const lost = [...vanished(plan.unchanged, ledger.before, ledger.now()).map(asItIs), ...doomed];
    progress2.ofFiles += lost.length;
    progress2.ofBytes += lost.reduce((sum, file) => sum + bytesOf(file), 0);
    await sendAll(lost);
    resent = doomed.length;
    return true;
  };
  let entered = false;
  for (const phase of phases2) {
    const files = byPhase.get(phase) ?? [];
    const exchanges = (phase === "plain" || phase === "manifest") && (files.length > 0 || doomed.length > 0);
    if (exchanges && !entered) {
      entered = await enter();
      if (!entered) return result(true);
    }
    await sendAll(files);
  }
  return result(false);
}
function vanished(unchanged, before, now) {
  if (before === now) return [];
  return unchanged.filter(({ key }) => {
    const row = now.objects.get(key);
    return before.objects.has(key) && (row === void 0 || row.doomed);
  });
}
function send2({ key, file, source, form, stored }, store, signal) {
  const { md5, size, modified } = stored ?? file;
  const body = { file: stored?.file ?? fileOf(source.root, file), size, modified };
  return store.put({ key, md5, headers: form.headers, acl: source.acl, body }, signal);
}
async function verify(files, store, signal, note) {
  const again = [];
  let same2 = 0;
  await mapLimit(files, store.atOnce, signal, async (file) => {
    const head = await store.head(file.key, signal);
    if (head && sameHeaders(file.form.headers, head.headers)) {
      note(file, head.etag);
      same2 += 1;
    } else again.push(file);
  });
  return { again, same: same2 };
}
async function replaceable(files, store, signal) {
  const wrong = [];
  const again = await mapLimit(files, store.atOnce, signal, async (file) => {
    const head = await store.head(file.key, signal);
    if (head && !isOtherForm(head)) wrong.push(`  ${file.key}: the file has ${file.file.md5}, the bucket ${head.etag}`);
    return file;
  });
  if (wrong.length === 0) return again;
  const title2 = `${plural(wrong.length, "object")} in the bucket ${wrong.length === 1 ? "is" : "are"} not what the name says:`;
  throw new DeployError("OBJECT_CONFLICT", `${title2}
${listSome(wrong, 5, "\n")}`, {
    hint: "Nothing was uploaded. Find out who put them there, delete them from the bucket, and run the job again."
  });
}
async function contest(files, options) {
  const kept2 = [];
  const newer = [];
  for (const { file, remoteModified } of files) {
    const changed = await options.changedAt(file);
    if (changed !== void 0 && changed > remoteModified) newer.push(file);
    else kept2.push(file.key);
  }
  return { kept: kept2, newer };
}
var asItIs;
var init_apply_sync = __esm({
  "src/sync/apply-sync.ts"() {
    "use strict";
    init_errors();
    init_map_limit();
    init_text();
    init_planned_file();
    init_remote();
    init_scan();
    init_sync_plan();
    asItIs = (file) => file.uncompressed ? { ...file, form: file.uncompressed, uncompressed: void 0 } : file;
  }
});

// src/sync/progress.ts
function progressLines(clock, print, every = 1e4) {
  const began = clock.now();
  let printed = began;
  return ({ files, ofFiles, bytes, ofBytes }) => {
    const now = clock.now();
    if (now - printed < every || files === ofFiles) return;
    printed = now;
    const amount = `${formatBytes(bytes)} of ${formatBytes(ofBytes)}`;
    print(`${formatCount(files)} of ${plural(ofFiles, "upload")}, ${amount} (${formatDuration(now - began)})`);
  };
}
var init_progress = __esm({
  "src/sync/progress.ts"() {
    "use strict";
    init_text();
  }
});

// src/commands/stages/acl-check.ts
async function checkAcls({ folders, store }, { puts }, stored, io) {
  for (const { acl, prefix: prefix2, kind } of folders) {
    const ofFolder = puts.filter(({ file }) => file.source.prefix === prefix2 && file.source.acl === acl);
    const sent = ofFolder.find(({ file }) => stored.has(file.key))?.file;
    const tells = acl === "private" || acl !== void 0 && publicAcls.has(acl);
    if (!tells || !sent || await store.isPublic(sent.key, io.signal) === publicAcls.has(acl)) continue;
    const input = kind === "media" ? "media-acl" : "acl";
    io.recorder.warn(
      acl === "private" ? `${input} is "private", and anybody can read ${sent.key}: a policy of the bucket makes its objects public.` : `${input} is "${acl}", and nobody but you can read ${sent.key}: the bucket does not do what ACLs say. Make its objects public by a bucket policy, or serve them through a CDN.`
    );
  }
}
var publicAcls;
var init_acl_check = __esm({
  "src/commands/stages/acl-check.ts"() {
    "use strict";
    publicAcls = /* @__PURE__ */ new Set(["public-read", "public-read-write"]);
  }
});

// src/commands/stages/upload-stage.ts
function largest2(puts) {
  const sorted = puts.toSorted((a, b) => bytesOf(b.file) - bytesOf(a.file));
  return sorted.slice(0, 10).map(({ file }) => ({ key: file.key, bytes: bytesOf(file) }));
}
async function syncStage(request, plan, io) {
  const { store, session } = request;
  await clearUp(request, io);
  const objects = /* @__PURE__ */ new Map();
  let uploads = /* @__PURE__ */ new Set();
  const print = progressLines(io.clock, io.log.info);
  let noted = io.clock.now();
  let noting = Promise.resolve();
  const checkpoint = () => {
    if (io.clock.now() - noted < checkpointEvery) return;
    noted = io.clock.now();
    noting = noting.then(() => session.save({ objects }, io.signal)).catch(() => void 0);
  };
  let result;
  try {
    result = await applySync(plan.sync, store, objects, {
      signal: io.signal,
      changedAt: request.changedAt,
      onProgress: (progress2) => {
        print(progress2);
        checkpoint();
      },
      ledger: {
        planned: plan.ledger,
        before: plan.before,
        now: () => session.before,
        begin: (large) => {
          uploads = large;
          return session.save({ uploads: large }, io.signal);
        },
        enter: async () => await session.lock(io.signal) === void 0
      }
    });
  } catch (error2) {
    const signal = AbortSignal.timeout(3e3);
    await noting;
    await session.save({ objects, ended: uploads, publishing: void 0 }, signal).catch(() => void 0);
    throw error2;
  }
  await noting;
  const marks = result.overtaken ? { failed: true } : {};
  await session.save({ objects, ended: uploads, deleted: new Set(plan.lost), publishing: void 0, marks }, io.signal);
  const { uploaded, unchanged, bytesUploaded, kept: kept2 } = result;
  const largestPuts = largest2(plan.sync.puts);
  io.recorder.note({
    sync: { uploaded, unchanged, bytesUploaded, kept: kept2.length, deleted: 0, largest: largestPuts }
  });
  if (kept2.length > 0) {
    io.recorder.warn(
      `${plural(kept2.length, "media file")} in the bucket ${kept2.length === 1 ? "is" : "are"} not known to be older than here and ${kept2.length === 1 ? "was" : "were"} left alone: ${listSome(kept2, 3)}`
    );
  }
  if (uploaded > 0) await checkAcls(request, plan.sync, objects, io);
  return {
    value: result,
    result: `${plural(uploaded, "upload")} (${formatBytes(bytesUploaded)}), ${formatCount(unchanged)} unchanged`
  };
}
async function clearUp({ store, session }, io) {
  if (session.orphans.length === 0) return;
  const orphans = new Set(session.orphans);
  try {
    const aborted = await store.abortUploads(orphans, io.signal);
    if (aborted > 0) io.log.info(`Ended ${plural(aborted, "upload")} that an earlier run had left behind.`);
    await session.save({ ended: orphans }, io.signal);
  } catch (error2) {
    io.signal.throwIfAborted();
    io.recorder.warn(`Uploads that an earlier run left behind could not be ended: ${error2.message}`);
  }
}
var checkpointEvery;
var init_upload_stage = __esm({
  "src/commands/stages/upload-stage.ts"() {
    "use strict";
    init_text();
    init_apply_sync();
    init_progress();
    init_sync_plan();
    init_acl_check();
    checkpointEvery = 6e4;
  }
});

// src/commands/teardown.ts
async function removeAtHost(run3, preview, title2) {
  const { ports } = run3;
  try {
    const destroy = () => preview.destroy(requestOf(run3, void 0), hostIO(ports));
    const { said: said2 } = await retry(destroy, policy, ports, ports.signal);
    return { value: void 0, result: said2 };
  } catch (error2) {
    ports.signal.throwIfAborted();
    throw hostError(error2, title2, "teardown");
  }
}
async function removeFiles({ ports, recorder, identity }, { store, session }) {
  const { signal } = ports;
  const ownKey = ledgerKey(identity);
  const { others: others2, unreadable: foreign } = await readSiblings(store, identity, signal);
  const stored = await store.get(ownKey, signal);
  const unreadable2 = stored && !readLedger(stored.body) ? [ownKey, ...foreign] : foreign;
  if (unreadable2.length > 0) {
    throw new DeployError("BUCKET_FAILED", `Ledgers in the bucket cannot be read: ${listSome(unreadable2, 3)}.`, {
      hint: "The files of the preview stay, because nobody knows which they are, or whose besides. Delete by hand what is not needed, and those ledgers."
    });
  }
  const found = new Set(session.before.objects.keys());
  for await (const page of store.list(previewFolder(identity), signal)) for (const { key: key2 } of page) found.add(key2);
  const keys = [...found].filter((key2) => !others2.some(({ objects }) => objects.has(key2)));
  const failed = await store.delete(keys, signal);
  await store.abortUploads(new Set(session.orphans), signal);
  if (failed.size === 0) await store.delete([ownKey], signal);
  const none2 = { uploaded: 0, unchanged: 0, bytesUploaded: 0, kept: 0, deleted: 0, largest: [] };
  const { sync = none2 } = recorder.report();
  recorder.note({ sync: { ...sync, deleted: sync.deleted + keys.length - failed.size } });
  const [[key, reason] = ["", ""]] = failed;
  if (failed.size > 0)
    throw new DeployError(
      "BUCKET_FAILED",
      `${plural(failed.size, "file")} could not be deleted, ${key} among them: ${reason}.`,
      {
        hint: "The key needs s3:DeleteObject. Run the job again: it goes on where it stopped."
      }
    );
  return { value: void 0, result: `${plural(keys.length, "file")} deleted` };
}
async function teardown(run3, pullRequest) {
  const { ports, recorder, inputs } = run3;
  if (inputs.dryRun) return recorder.end("planned", `Nothing was changed. The next run would take the preview away.`);
  const failures2 = [];
  const part = async (name, work) => {
    await recorder.stage(name, work).catch((error2) => {
      ports.signal.throwIfAborted();
      failures2.push(toDeployError(error2));
    });
  };
  const definition = ports.hosts[inputs.host];
  const preview = definition?.create(inputs.hostInputs).preview?.(pullRequest);
  if (definition && preview) await part("Preview", () => removeAtHost(run3, preview, definition.title));
  const bucket = bucketIn(inputs);
  if (bucket) await part("Files", async () => removeFiles(run3, await run3.bucket(bucket)));
  const [failure] = failures2;
  if (failure) throw failure;
  recorder.end("removed", `The preview of pull request #${pullRequest} is gone.`);
}
var policy;
var init_teardown = __esm({
  "src/commands/teardown.ts"() {
    "use strict";
    init_errors();
    init_http_error();
    init_identity();
    init_host();
    init_codec();
    init_ledger();
    init_siblings();
    init_retry();
    init_text();
    init_destination();
    init_release_to_host();
    init_host_request();
    policy = {
      attempts: 4,
      base: 1e3,
      cap: 1e4,
      again: (error2) => error2 instanceof HttpError || error2 instanceof HostAnswerError && (error2.status === 429 || error2.status >= 500)
    };
  }
});

// src/commands/deploy.ts
async function deploy(run3) {
  const { recorder, inputs, plan } = run3;
  if (plan.kind === "skip") return skip(run3, plan.reason);
  if (plan.kind === "build") warnOfSecrets(run3);
  const releases = plan.kind === "deploy" || plan.kind === "preview";
  if (releases) await failEarly(run3);
  const { built, target } = await prepare(run3);
  if (plan.kind === "verify") return skip(run3, plan.reason);
  if (plan.kind === "build") return recorder.end("built", "The artifact is ready for the job that deploys it.");
  const { staticUrl, mediaUrl } = target;
  recorder.note({ staticUrl, mediaUrl });
  const files = await planFiles(run3, built, target);
  if (inputs.dryRun) return planned(run3);
  const before = await lookBefore(run3.site, inputs.healthPath, run3.host(), { ...run3.ports, recorder });
  if (files) await upload(run3, files);
  await goLive(run3, built, target, files, before);
}
async function failEarly(run3) {
  const { ports, recorder, inputs } = run3;
  const host = run3.host();
  const named = inputs.endpoint ? bucketIn(inputs) : void 0;
  if (named) refuseOlder((await run3.bucket(named)).session);
  if (host) await checkHost(host, { ...ports, recorder });
}
function refuseOlder({ newer }) {
  if (newer) throw superseded(newer.release);
}
async function planFiles(run3, built, target) {
  if (!target.bucket) return void 0;
  const bucket = await run3.bucket(target.bucket);
  refuseOlder(bucket.session);
  const request = syncRequest(run3, built, target, bucket);
  const sync = await run3.recorder.stage("Plan", () => planStage(request, { ...run3.ports, recorder: run3.recorder }));
  return { request, sync };
}
async function upload({ ports, recorder }, { request, sync }) {
  const { overtaken } = await recorder.stage("Upload", () => syncStage(request, sync, { ...ports, recorder }));
  if (overtaken) throw superseded(request.session.newer?.release);
}
async function goLive(run3, built, target, files, before) {
  const { recorder, plan } = run3;
  const host = run3.host();
  if (!host && !before.url) {
    return recorder.end("built", "The files are in place, and there is neither a host to ask nor a URL to look at.");
  }
  try {
    if (host) await stopIfOvertaken(run3, files?.request.session);
    const { url, proof } = await releaseThis(run3, built, target, files?.request.session, before);
    if (!url) return triggered(run3, "the host took the request; set url to have the release proven");
    if (!proof?.evidence) return triggered(run3, `${url} answers, and nothing tells this release from the one before`);
    if (files) await noteLive(run3, files, target, proof);
    recorder.end("live");
    if (plan.kind === "preview" && await meanwhile(run3, plan.pullRequest) === "closed")
      await teardown(run3, plan.pullRequest);
  } catch (error2) {
    const closed = error2 instanceof RunEnded && error2.status === "removed" && plan.kind === "preview";
    if (!closed) throw error2;
    await teardown(run3, plan.pullRequest);
  }
}
async function releaseThis(run3, { names: names2, bundled, artifact }, target, session, before) {
  const { inputs, context } = run3;
  const all = /* @__PURE__ */ new Set([...names2, ...bundled]);
  const known2 = readBefore(session, context.sha, all, target.static?.prefix ?? "");
  const request = requestOf(run3, artifact);
  const releasing = releaseAndProve(run3, run3.host(), {
    stage: "Release",
    request,
    session,
    before,
    expectation: expectAssets(all, known2, before.page),
    origins: target.origins,
    shows: () => ({ release: request, hostInputs: inputs.hostInputs })
  });
  return releasing.catch(async (failure) => {
    const back = await rollbackAfter(run3, session, failure);
    throw back === void 0 ? failure : new RolledBackError(failure, back);
  });
}
async function noteLive(run3, { request, sync }, target, proof) {
  const { ports, recorder } = run3;
  const { session } = request;
  const live = session.entry.live ?? new Date(proof.at).toISOString();
  const prefix2 = target.static?.prefix;
  const gone2 = prefix2 === void 0 ? void 0 : { prefix: prefix2, since: Math.floor(proof.at / 1e3) };
  const marks = proof.evidence ? { live, proof: proof.evidence.kind } : { live };
  await session.save({ marks, gone: gone2 }, ports.signal);
  if (sync.prune.length > 0) {
    await recorder.stage("Prune", () => pruneStage(request, sync.prune, { ...ports, recorder }));
  }
}
function triggered({ recorder, ports }, reason) {
  recorder.warn(`Triggered, not proven: ${reason}.`);
  ports.log.info(provableAdvice);
  recorder.end("triggered", `Not proven: ${reason}.`);
}
function skip({ ports, recorder }, reason) {
  const sentence = reason[0]?.toUpperCase() + reason.slice(1);
  ports.log.notice(`${sentence}.`);
  recorder.end("skipped", `${sentence}.`);
}
function planned(run3) {
  const { ports, recorder, inputs, context } = run3;
  const host = run3.host();
  const ask2 = host ? `ask ${host.title} to deploy ${context.sha.slice(0, 12)}` : "ask no host";
  const look2 = run3.site ? `, then watch ${run3.site}${inputs.healthPath}` : "";
  ports.log.info(`Would then ${ask2}${look2}.`);
  recorder.end("planned", `Nothing was changed. The next run would ${ask2}${look2}.`);
}
var init_deploy = __esm({
  "src/commands/deploy.ts"() {
    "use strict";
    init_destination();
    init_before();
    init_earlier();
    init_expectation();
    init_prepare();
    init_release_and_prove();
    init_rollback();
    init_host_request();
    init_overtaken();
    init_run_ended();
    init_plan_stage();
    init_proof_stage();
    init_prune_stage();
    init_release_stage();
    init_sync_request();
    init_upload_stage();
    init_teardown();
  }
});

// src/commands/run/announcing.ts
function announcementOf(inputs, context, plan, startedAt) {
  const doing = announced[plan.kind];
  if (!doing || inputs.dryRun || !inputs.githubToken) return void 0;
  const { pullRequest, sha, runUrl, order, repositoryUrl } = context;
  return {
    doing,
    sha: plan.kind === "rollback" ? void 0 : sha,
    identity: plan.identity,
    release: plan.release,
    runUrl,
    transient: plan.kind === "preview" || plan.kind === "teardown",
    production: plan.identity.kind === "push" && plan.identity.name === "production",
    order,
    repositoryUrl,
    issue: inputs.comment ? pullRequest?.number : void 0,
    startedAt
  };
}
function openAnnouncer(what, github, ports, onDeployment) {
  ports.saveAnnouncement(what);
  return createAnnouncer(what, {
    github,
    clock: ports.clock,
    onDeployment(id) {
      onDeployment(id);
      ports.saveAnnouncement({ ...what, deploymentId: id });
    }
  });
}
var announced, redacted;
var init_announcing = __esm({
  "src/commands/run/announcing.ts"() {
    "use strict";
    init_announcer();
    announced = {
      deploy: "Deploying",
      preview: "Deploying",
      teardown: "Removing",
      rollback: "Rolling back"
    };
    redacted = (report, { redactor }) => JSON.parse(
      JSON.stringify(report),
      (_, value) => typeof value === "string" ? redactor.whole(value) : value
    );
  }
});

// src/commands/run/choose-host.ts
function chooseHost({ ports, inputs, plan }) {
  const definition = ports.hosts[inputs.host];
  if (!definition) return void 0;
  const { title: title2 } = definition;
  const host = definition.create(inputs.hostInputs);
  if (plan.kind !== "preview") return { host, title: title2 };
  const preview = host.preview?.(plan.pullRequest);
  if (!preview) throw new DeployError("INTERNAL", `${title2} was planned to make a preview, and makes none.`);
  return { host: preview, title: `${title2}, preview of #${plan.pullRequest}` };
}
var init_choose_host = __esm({
  "src/commands/run/choose-host.ts"() {
    "use strict";
    init_errors();
  }
});

// src/ledger/change.ts
function withRows(rows, entry, change) {
  let next;
  const changed = () => {
    next ??= new Map(rows);
    return next;
  };
  const { objects, gone: gone2, doomed, deleted } = change;
  for (const [key, stored] of objects) {
    const known2 = rows.get(key);
    if (known2 && known2.last > entry.seq) continue;
    const { md5, size, etag, headers, media } = stored;
    const first = known2?.first ?? entry.seq;
    const row = { md5, size, etag, headers, first, last: entry.seq, ...media ? { media } : {} };
    if (!known2 || !sameRow(known2, row)) changed().set(key, row);
  }
  for (const [key, row] of gone2 ? rows : []) {
    const named = objects.has(key) || row.last >= entry.seq || row.media || row.gone !== void 0;
    if (gone2 && !named && key.startsWith(gone2.prefix)) changed().set(key, { ...row, gone: gone2.since });
  }
  for (const key of doomed) {
    const row = rows.get(key);
    if (row && !row.doomed && row.last < entry.seq) changed().set(key, { ...row, doomed: true });
  }
  for (const key of deleted) if ((rows.get(key)?.last ?? entry.seq) < entry.seq) changed().delete(key);
  return next ?? rows;
}
function withChange(ledger, entry, run3, change) {
  const own = { ...entry, ...change.marks };
  const before = ledger.releases.find(({ seq }) => seq === entry.seq);
  const releases = same(before, own) ? ledger.releases : [...ledger.releases.filter(({ seq }) => seq !== entry.seq), own].toSorted((a, b) => a.seq - b.seq);
  const kept2 = ledger.uploads.filter((key) => !change.ended.has(key));
  const added = [...change.uploads].filter((key) => !change.ended.has(key) && !kept2.includes(key));
  const uploads = same([...kept2, ...added], ledger.uploads) ? ledger.uploads : [...kept2, ...added];
  const objects = withRows(ledger.objects, entry, change);
  const others2 = ledger.publishing && compareRuns(ledger.publishing.run, run3) !== 0 ? ledger.publishing : void 0;
  const publishing2 = change.publishing ?? others2;
  const unchanged = releases === ledger.releases && uploads === ledger.uploads && objects === ledger.objects && same(publishing2, ledger.publishing);
  return unchanged ? ledger : { releases, objects, uploads, publishing: publishing2 };
}
var noChange, sameRow, same;
var init_change = __esm({
  "src/ledger/change.ts"() {
    "use strict";
    init_run_order();
    noChange = {
      marks: {},
      objects: /* @__PURE__ */ new Map(),
      uploads: /* @__PURE__ */ new Set(),
      ended: /* @__PURE__ */ new Set(),
      publishing: void 0,
      gone: void 0,
      doomed: /* @__PURE__ */ new Set(),
      deleted: /* @__PURE__ */ new Set()
    };
    sameRow = (a, b) => a.md5 === b.md5 && a.size === b.size && a.etag === b.etag && a.headers === b.headers && a.first === b.first && a.last === b.last && a.media === b.media && a.gone === b.gone && a.doomed === b.doomed;
    same = (a, b) => JSON.stringify(a) === JSON.stringify(b);
  }
});

// src/ledger/session.ts
async function openLedgerSession(store, request, io) {
  const { identity, own } = request;
  const key = ledgerKey(identity, request.shard);
  let theirs = await look2(io.signal);
  let before = theirs.ledger;
  let entry = enterRelease(before, own);
  let mine = noChange;
  async function look2(signal) {
    const stored = await store.get(key, signal);
    if (!stored) return { ledger: emptyLedger, etag: null };
    const ledger = readLedger(stored.body);
    if (!ledger) {
      io.warn(
        `The ledger ${key} in the bucket cannot be read, so it is written anew from what is there. Nothing is deleted.`
      );
    }
    return { ledger: ledger ?? emptyLedger, etag: stored.etag };
  }
  async function refresh(signal) {
    theirs = await look2(signal);
    before = theirs.ledger;
    const { seq, release } = entry;
    const written = before.releases.find((one) => one.seq === seq && one.release === release);
    entry = written ?? enterRelease(before, own);
  }
  const etagNow = async (signal) => (await store.head(key, signal))?.etag ?? null;
  async function write2(ledger, signal) {
    const body = writeLedger(ledger, identity.name);
    const md5 = (0, import_node_crypto19.hash)("md5", body);
    const headers = { contentType: "application/json", cacheControl: "no-store" };
    const put = { key, body, md5, headers, acl: void 0 };
    const result = await store.putIf(put, theirs.etag, signal);
    if (result === "changed") return false;
    if (result !== "unsupported") {
      theirs = { ledger, etag: result.etag };
      return true;
    }
    if (await etagNow(signal) !== theirs.etag) return false;
    const etag = await store.put(put, signal);
    if (await etagNow(signal) !== etag) return false;
    theirs = { ledger, etag };
    return true;
  }
  async function writeChange(signal) {
    const next = withChange(theirs.ledger, entry, own.run, mine);
    return next === theirs.ledger || write2(next, signal);
  }
  async function save(change, signal) {
    mine = {
      ...mine,
      ...change,
      marks: { ...mine.marks, ...change.marks },
      ended: /* @__PURE__ */ new Set([...mine.ended, ...change.ended ?? []]),
      deleted: /* @__PURE__ */ new Set([...mine.deleted, ...change.deleted ?? []])
    };
    for (let round = 1; round <= mostTries; round++) {
      if (await writeChange(signal)) return;
      await io.clock.sleep(backoff(round, 100, 5e3, io.random), signal);
      await refresh(signal);
    }
    throw new DeployError("BUCKET_FAILED", `The ledger ${key} is being written by somebody else all the time.`, {
      hint: "Give the jobs that deploy this environment one concurrency group, so that one runs after the other."
    });
  }
  function otherPublisher() {
    const { publishing: publishing2 } = theirs.ledger;
    if (!publishing2 || Date.parse(publishing2.until) <= io.clock.now()) return void 0;
    const mineOrEnded = publishing2.run.id === own.run.id && publishing2.run.attempt <= own.run.attempt;
    return mineOrEnded ? void 0 : publishing2;
  }
  return {
    get before() {
      return before;
    },
    get now() {
      return theirs.ledger;
    },
    get entry() {
      return entry;
    },
    get newer() {
      return overtakenBy(theirs.ledger, own);
    },
    orphans: before.uploads,
    save,
    async overtaken(signal) {
      if (await etagNow(signal) !== theirs.etag) await refresh(signal);
      return overtakenBy(theirs.ledger, own);
    },
    async lock(signal) {
      let said2 = false;
      for (let round = 1; ; ) {
        const newer = overtakenBy(theirs.ledger, own);
        if (newer) return newer;
        const other = otherPublisher();
        if (!other) {
          const until = new Date(io.clock.now() + leaseTime).toISOString();
          mine = { ...mine, publishing: { run: own.run, release: own.release, until } };
          if (await writeChange(signal)) return void 0;
          if (round++ > mostTries) return save({}, signal).then(() => overtakenBy(theirs.ledger, own));
        } else if (!said2) {
          io.onWait(`Waiting for ${other.release}, which is exchanging files (until ${other.until} at most).`);
          said2 = true;
        }
        await io.clock.sleep(other ? looks2 : backoff(round, 100, 5e3, io.random), signal);
        await refresh(signal);
      }
    }
  };
}
var import_node_crypto19, leaseTime, mostTries, looks2;
var init_session = __esm({
  "src/ledger/session.ts"() {
    "use strict";
    import_node_crypto19 = require("node:crypto");
    init_errors();
    init_retry();
    init_change();
    init_codec();
    init_ledger();
    init_releases();
    leaseTime = 18e4;
    mostTries = 10;
    looks2 = 3e3;
  }
});

// src/commands/run/open-bucket.ts
function openStore({ ports, recorder, inputs }, { name: bucket, endpoint, region }) {
  const { accessKeyId, secretAccessKey, vendor, concurrency } = inputs;
  const credentials = accessKeyId && secretAccessKey ? { accessKeyId, secretAccessKey } : void 0;
  return ports.openStore({
    bucket,
    endpoint,
    vendor,
    region,
    credentials,
    concurrency,
    onWarning: recorder.warn
  });
}
async function readLedgerOf({ ports, recorder, inputs, context, plan }, store, sha) {
  const sync = plan.kind === "sync" ? { sync: true } : {};
  const at2 = new Date(ports.clock.now()).toISOString();
  const own = { release: plan.release, sha, at: at2, run: context.order, ...sync };
  const request = { identity: plan.identity, shard: inputs.shard, own };
  const io = { ...ports, warn: recorder.warn, onWait: ports.log.info };
  return { store, session: await openLedgerSession(store, request, io) };
}
var init_open_bucket = __esm({
  "src/commands/run/open-bucket.ts"() {
    "use strict";
    init_session();
  }
});

// src/commands/run/site.ts
var previewUrl, siteOf;
var init_site = __esm({
  "src/commands/run/site.ts"() {
    "use strict";
    init_options();
    previewUrl = ({ hostInputs }, pullRequest) => option(hostInputs.options, "preview-url")?.replaceAll("{pr}", String(pullRequest)).replace(/\/+$/, "");
    siteOf = ({ inputs, plan }) => plan.kind === "preview" ? previewUrl(inputs, plan.pullRequest) : inputs.url;
  }
});

// src/commands/run/run.ts
function once2(work) {
  let made;
  return () => {
    made ??= { value: work() };
    return made.value;
  };
}
function onceFor(work) {
  const made = /* @__PURE__ */ new Map();
  return (key) => {
    const name = JSON.stringify(key);
    const known2 = made.get(name);
    if (known2 !== void 0) return known2;
    const value = work(key);
    made.set(name, value);
    return value;
  };
}
function createRun(parts) {
  return runWith(
    parts,
    onceFor((address2) => openStore(parts, address2))
  );
}
function runWith(parts, storeAt) {
  const open6 = async (address2, sha) => readLedgerOf(parts, await storeAt(address2), sha);
  return {
    ...parts,
    identity: parts.plan.identity,
    site: siteOf(parts),
    host: once2(() => chooseHost(parts)),
    bucket: onceFor((address2) => open6(address2, parts.context.sha)),
    bucketFor: open6,
    as: (other) => runWith({ ...parts, ...other }, storeAt)
  };
}
var init_run = __esm({
  "src/commands/run/run.ts"() {
    "use strict";
    init_choose_host();
    init_open_bucket();
    init_site();
  }
});

// src/plan/environment.ts
function isProduction({ branch, defaultBranch, event }, { productionBranches }) {
  if (branch === void 0 || event === "release") return true;
  if (productionBranches.length > 0) return branchGlobs(productionBranches)(branch);
  return branch === (defaultBranch ?? (/^(main|master)$/.test(branch) ? branch : void 0));
}
function environmentOf2(context, inputs) {
  const { branch } = context;
  if (branch === void 0 || isProduction(context, inputs)) return "production";
  if (branch === "production") {
    throw new DeployError(
      "INVALID_INPUTS",
      'The branch "production" would share its environment with the production branch.',
      { hint: `Name the environments of both, for example environment: \${{ github.ref_name }}` }
    );
  }
  return branch;
}
function refusePreviewName({ kind, name }) {
  if (kind === "preview" || !/\/pr-\d+$/.test(name)) return;
  throw new DeployError("INVALID_INPUTS", `The environment "${name}" has the name of a preview, and this is not one.`, {
    hint: 'Name another one, for example "environment: staging". Names that end in /pr-<number> belong to pull requests.'
  });
}
var previews, identityIn, previewIdentity, pushIdentity;
var init_environment = __esm({
  "src/plan/environment.ts"() {
    "use strict";
    init_errors();
    init_identity();
    init_globs();
    previews = "preview";
    identityIn = (inputs, context, environment, pullRequest) => {
      const { workingDirectory } = inputs;
      return makeIdentity({ repository: context.repositoryId, workingDirectory, environment, pullRequest });
    };
    previewIdentity = (inputs, context, pullRequest) => identityIn(inputs, context, inputs.environment ?? previews, pullRequest);
    pushIdentity = (inputs, context) => identityIn(inputs, context, inputs.environment ?? environmentOf2(context, inputs));
  }
});

// src/commands/sweep.ts
async function findPreviews(run3, github) {
  const found = /* @__PURE__ */ new Set();
  const add2 = (identity) => {
    const number = identity && previewNumber(identity);
    if (identity && number !== void 0 && sameIdentity(identity, previewIdentity(run3.inputs, run3.context, number)))
      found.add(number);
  };
  const bucket = bucketIn(run3.inputs);
  if (bucket) {
    const { store } = await run3.bucket(bucket);
    for await (const page of store.list(ledgerFolder, run3.ports.signal))
      for (const { key } of page) add2(ledgerOwner(key)?.identity);
  }
  let pages = 0;
  for await (const page of github.deployments(void 0)) {
    for (const deployment of page) add2(identityOf(deployment));
    pages += 1;
    if (pages === mostPages) break;
  }
  return found;
}
async function openNumbers(github) {
  const open6 = /* @__PURE__ */ new Set();
  for await (const page of github.openPullRequests()) for (const { number } of page) open6.add(number);
  return open6;
}
async function confirmClosed(numbers, github) {
  const closed = [];
  for (const number of numbers) if (!(await github.pullRequest(number)).open) closed.push(number);
  return closed;
}
function runFor(run3, number) {
  const pullRequest = { number, closed: true, fork: false, dependabot: false };
  const identity = previewIdentity(run3.inputs, run3.context, number);
  const plan = { kind: "teardown", identity, release: run3.plan.release, pullRequest: number };
  return run3.as({ plan, context: { ...run3.context, pullRequest } });
}
async function announceEnd({ ports, recorder, inputs, context, plan }, github) {
  const what = announcementOf(inputs, context, plan, ports.clock.now());
  if (!what) return;
  const { reason } = recorder.report();
  const report = { ...emptyReport(), status: "removed", reason, environment: plan.identity.name };
  const io = { github, clock: ports.clock, onDeployment: () => void 0 };
  const warning2 = await createAnnouncer(what, io).end(redacted(report, ports));
  if (warning2) recorder.warn(warning2);
}
async function sweep(run3) {
  const { ports, recorder, inputs, github } = run3;
  if (!github) {
    throw new DeployError("INVALID_INPUTS", "Without github-token nobody knows which pull requests are open.", {
      hint: "Leave github-token out, so that it is the token of the job."
    });
  }
  const look2 = async () => {
    const found2 = await findPreviews(run3, github);
    const open6 = await openNumbers(github);
    const closed2 = await confirmClosed(
      [...found2].filter((number) => !open6.has(number)),
      github
    );
    return { found: found2, closed: closed2.sort((a, b) => a - b) };
  };
  const { found, closed } = await look2().catch((error2) => {
    throw githubError(error2, "which pull requests are open");
  });
  const failed = [];
  for (const number of closed) {
    const one = runFor(run3, number);
    await teardown(one, number).catch((error2) => {
      ports.signal.throwIfAborted();
      failed.push(number);
      recorder.warn(`The preview of pull request #${number} stays: ${toDeployError(error2).message}`);
    });
    if (!failed.includes(number)) await announceEnd(one, github);
  }
  if (inputs.dryRun) {
    const names2 = closed.length > 0 ? ` (${listSome(
      closed.map((number) => `#${number}`),
      10
    )})` : "";
    return recorder.end("planned", `Nothing was changed; ${plural(closed.length, "preview")} would go${names2}.`);
  }
  const gone2 = closed.length - failed.length;
  if (gone2 === 0 && failed.length > 0)
    throw new DeployError("HOST_REFUSED", `No preview could be taken away: ${failed.join(", ")}.`, {
      hint: "The warnings above say why."
    });
  recorder.end(gone2 > 0 ? "removed" : "skipped", `${plural(found.size, "preview")} found, ${gone2} taken away.`);
}
var mostPages;
var init_sweep = __esm({
  "src/commands/sweep.ts"() {
    "use strict";
    init_errors();
    init_identity();
    init_announcer();
    init_deployment();
    init_github_failures();
    init_ledger();
    init_text();
    init_destination();
    init_environment();
    init_report();
    init_ledger_folder();
    init_announcing();
    init_teardown();
    mostPages = 10;
  }
});

// src/commands/sync.ts
async function syncFolders(run3) {
  const { ports, recorder, inputs, context, identity } = run3;
  const io = { ...ports, recorder };
  const target = planDestination(inputs, context, identity.name, noProject, void 0);
  if (!target.bucket) throw new DeployError("INTERNAL", "A sync without a bucket.");
  const bucket = await run3.bucket(target.bucket);
  const { newer } = bucket.session;
  if (newer) throw superseded(newer.release);
  const workspace = await (0, import_promises27.realpath)(context.workspace);
  const root = (0, import_node_path41.join)(workspace, inputs.workingDirectory);
  const folders = foldersOf2(run3, target, root);
  const statics = folders.find(({ kind }) => kind === "static")?.folder;
  const manifestPath = statics === void 0 ? void 0 : (0, import_node_path41.join)(statics, "staticfiles.json");
  const git = checkoutGit(ports, workspace);
  const request = {
    inputs,
    identity,
    folders,
    names: hashedNames(await loadManifest(manifestPath)),
    manifestPath,
    bundled: await findBundled(void 0, statics),
    changedAt: (file) => changedAt(file, workspace, git),
    scratch: run3.scratch,
    ...bucket
  };
  const sync = await recorder.stage("Plan", () => planStage(request, io));
  if (inputs.dryRun) return recorder.end("planned", "Nothing was changed.");
  const { overtaken } = await recorder.stage("Upload", () => syncStage(request, sync, io));
  if (overtaken) throw superseded(bucket.session.newer?.release);
  recorder.end("synced", "The files are in place.");
}
var import_promises27, import_node_path41;
var init_sync = __esm({
  "src/commands/sync.ts"() {
    "use strict";
    import_promises27 = require("node:fs/promises");
    import_node_path41 = require("node:path");
    init_bundled_files();
    init_hashed_names();
    init_manifest();
    init_errors();
    init_destination();
    init_changed_at();
    init_run_ended();
    init_plan_stage();
    init_sync_folders();
    init_upload_stage();
  }
});

// src/core/version.ts
var version2;
var init_version2 = __esm({
  "src/core/version.ts"() {
    "use strict";
    version2 = "0.1.0";
  }
});

// src/event/context.ts
function readPullRequest(payload, repository, actor) {
  const pull = payload.pull_request;
  const number = at(pull, "number") ?? payload.number;
  if (!pull || typeof number !== "number") return void 0;
  return {
    number,
    closed: payload.action === "closed" || at(pull, "state") === "closed",
    // A deleted fork has no repository any more; it was none of ours.
    fork: at(pull, "head", "repo", "full_name") !== repository,
    dependabot: actor === dependabotLogin || at(pull, "user", "login") === dependabotLogin
  };
}
function readContext(env, payload) {
  const event = env.GITHUB_EVENT_NAME ?? "";
  const repository = env.GITHUB_REPOSITORY ?? text(at(payload, "repository", "full_name")) ?? "";
  const pullRequest = readPullRequest(payload, repository, startedBy(env));
  const ref = env.GITHUB_REF ?? "";
  const workflowRun = event === "workflow_run" ? payload.workflow_run : void 0;
  const server = env.GITHUB_SERVER_URL ?? "https://github.com";
  const runId = env.GITHUB_RUN_ID ?? "0";
  const sha = text(at(payload, "pull_request", "head", "sha")) ?? text(at(workflowRun, "head_sha")) ?? env.GITHUB_SHA ?? "";
  return {
    event,
    repository,
    repositoryId: env.GITHUB_REPOSITORY_ID ?? String(at(payload, "repository", "id") ?? repository),
    sha,
    action: text(payload.action),
    branch: pullRequest ? text(at(payload, "pull_request", "head", "ref")) : readBranch(ref, workflowRun),
    tag: ref.startsWith("refs/tags/") ? ref.slice("refs/tags/".length) : void 0,
    defaultBranch: text(at(payload, "repository", "default_branch")),
    pullRequest,
    dependabot: startedBy(env) === dependabotLogin || pullRequest?.dependabot === true,
    cause: event === "workflow_run" ? readCause(workflowRun, payload.repository, repository) : void 0,
    deleted: payload.deleted === true,
    trustedHeads: privilegedEvents.has(event) ? [env.GITHUB_SHA ?? "", sha] : void 0,
    runNumber: Number(env.GITHUB_RUN_NUMBER ?? 0),
    runAttempt: Number(env.GITHUB_RUN_ATTEMPT ?? 1),
    order: readOrder(env, workflowRun),
    runUrl: `${server}/${repository}/actions/runs/${runId}`,
    repositoryUrl: `${server}/${repository}`,
    apiUrl: env.GITHUB_API_URL ?? "https://api.github.com",
    workspace: env.GITHUB_WORKSPACE ?? ".",
    temp: env.RUNNER_TEMP ?? "/tmp"
  };
}
function readCause(run3, here, repository) {
  const listed = at(run3, "pull_requests");
  const ours = (Array.isArray(listed) ? listed : []).filter(
    (pull) => at(pull, "base", "repo", "id") === at(here, "id")
  );
  const numbers = ours.map((pull) => at(pull, "number"));
  const from = text(at(run3, "head_repository", "full_name"));
  return {
    conclusion: text(at(run3, "conclusion")),
    ofPullRequest: String(at(run3, "event")).startsWith("pull_request"),
    pullRequests: numbers.filter((number) => typeof number === "number"),
    fork: from !== repository,
    repository: from
  };
}
function readOrder(env, workflowRun) {
  const cause = at(workflowRun, "id");
  const attempt = Number(at(workflowRun, "run_attempt") ?? 1);
  if (typeof cause === "number") return { id: cause, attempt };
  return { id: Number(env.GITHUB_RUN_ID ?? 0), attempt: Number(env.GITHUB_RUN_ATTEMPT ?? 1) };
}
function readBranch(ref, workflowRun) {
  const head = text(at(workflowRun, "head_branch"));
  return head ?? (ref.startsWith("refs/heads/") ? ref.slice("refs/heads/".length) : void 0);
}
var at, text, dependabotLogin, startedBy;
var init_context = __esm({
  "src/event/context.ts"() {
    "use strict";
    init_trust();
    at = (value, ...names2) => names2.reduce((inner, name) => inner?.[name], value);
    text = (value) => typeof value === "string" && value !== "" ? value : void 0;
    dependabotLogin = "dependabot[bot]";
    startedBy = (env) => env.GITHUB_TRIGGERING_ACTOR || env.GITHUB_ACTOR || "";
  }
});

// src/event/pull-request.ts
async function findPullRequest({ sha, cause }, github) {
  const [number] = cause?.pullRequests ?? [];
  if (number !== void 0) return github.pullRequest(number);
  for await (const page of github.openPullRequests()) {
    const found = page.find(({ head, from }) => head === sha && from !== void 0 && from === cause?.repository);
    if (found) return found;
  }
  return void 0;
}
async function identify(context, github) {
  const { cause } = context;
  if (!cause?.ofPullRequest || context.pullRequest || !github) return context;
  const found = await findPullRequest(context, github);
  if (!found) return context;
  const pullRequest = {
    number: found.number,
    closed: !found.open,
    fork: cause.fork,
    dependabot: context.dependabot
  };
  return { ...context, pullRequest };
}
var init_pull_request = __esm({
  "src/event/pull-request.ts"() {
    "use strict";
  }
});

// src/plan/strangers.ts
function refuseStrangers({ artifact }, { event, pullRequest, cause }) {
  if (!privilegedEvents.has(event) || artifact !== void 0) return;
  const forked = pullRequest?.fork || cause?.fork;
  if (!forked && !pullRequest?.dependabot) return;
  const whose = forked ? "comes from a fork" : "is by Dependabot";
  throw new DeployError("UNTRUSTED_CODE", `${event} gives this job secrets, and the code ${whose}.`, {
    hint: 'Use "on: pull_request" instead: there it is built and checked without secrets, and not deployed. For previews of forks see docs/previews.md.'
  });
}
function strangerOf(inputs, { event, pullRequest, dependabot }) {
  if (privilegedEvents.has(event)) return void 0;
  if (pullRequest?.fork) return "comes from a fork";
  return (dependabot || pullRequest?.dependabot) && !hasSecrets(inputs) ? "is by Dependabot" : void 0;
}
var strangerReason, hasSecrets;
var init_strangers = __esm({
  "src/plan/strangers.ts"() {
    "use strict";
    init_errors();
    init_trust();
    strangerReason = (stranger) => `this change ${stranger}, so GitHub gives the run no secrets (docs/previews.md has a way to its preview)`;
    hasSecrets = ({ accessKeyId, hostInputs }) => Boolean(accessKeyId ?? hostInputs.token ?? hostInputs.deployHook);
  }
});

// src/plan/host-intent.ts
function lacksPreviews({ host, hostInputs }, hosts2) {
  const definition = hosts2[host];
  return definition ? definition.lacks("preview", hostInputs) : "no host is named";
}
function intentOf(inputs, context, noPreviews) {
  const { command } = inputs;
  if (command === "build" || strangerOf(inputs, context)) return void 0;
  if (command === "rollback") return "rollback";
  const forPreviews = command === "preview" || command === "teardown";
  const ofPullRequest = context.pullRequest !== void 0 || context.cause?.ofPullRequest === true;
  const auto = command === "auto" && (ofPullRequest || context.event === "schedule");
  if (forPreviews || auto) return noPreviews === void 0 ? "preview" : void 0;
  return "deploy";
}
var init_host_intent = __esm({
  "src/plan/host-intent.ts"() {
    "use strict";
    init_strangers();
  }
});

// src/plan/run-plan.ts
function releaseOf(context) {
  return `${context.sha.slice(0, 12)}-${context.runNumber}.${context.runAttempt}`;
}
function planRun(inputs, context, noPreviews) {
  const plan = decide(inputs, context, noPreviews);
  if (plan.kind === "deploy" || plan.kind === "sync" || plan.kind === "rollback") refusePreviewName(plan.identity);
  return plan;
}
function decide(inputs, context, noPreviews) {
  const { pullRequest, event, cause } = context;
  const base = { identity: identityOf2(inputs, context), release: releaseOf(context) };
  const skip2 = (reason) => ({ ...base, kind: "skip", reason });
  if (context.deleted) return skip2("the push deleted its branch, so there is nothing to deploy");
  if (cause && cause.conclusion !== "success")
    return skip2(`the run before this one ${cause.conclusion ? `ended with "${cause.conclusion}"` : "has not ended"}`);
  if (event === "release" && context.action !== void 0 && !publishing.has(context.action))
    return skip2(`a release was ${context.action}, and only one that is published is deployed`);
  if (pullRequest?.closed) return planClosed(inputs, context, base, noPreviews);
  refuseStrangers(inputs, context);
  if (inputs.command === "build" || inputs.command === "check") return { ...base, kind: inputs.command };
  if (pullRequest) return planPullRequest(inputs, context, base, noPreviews);
  if (inputs.command === "preview" || inputs.command === "teardown") throw noPullRequest(inputs.command, event);
  if (cause?.ofPullRequest || cause?.fork)
    return skip2("the run before this one was of a pull request, and none that is open has its commit");
  const stranger = strangerOf(inputs, context);
  if (stranger) return unprivileged(inputs, base, strangerReason(stranger));
  if (isMergeQueue(context)) return unprivileged(inputs, base, "a merge queue puts nothing live");
  if (inputs.command === "rollback") return { ...base, kind: "rollback", to: inputs.rollbackTo };
  if (inputs.command === "sync" || inputs.command === "deploy") return { ...base, kind: inputs.command };
  if (event === "schedule") return { ...base, kind: "sweep" };
  if (!deployEvents.has(event)) throw unclearEvent(event);
  if (inputs.environment === void 0 && !isProduction(context, inputs))
    return unprivileged(inputs, base, notProduction(context.branch ?? ""));
  return { ...base, kind: "deploy" };
}
function planClosed(inputs, context, base, noPreviews) {
  const number = context.pullRequest?.number ?? 0;
  const skip2 = (why) => ({
    ...base,
    kind: "skip",
    reason: `pull request #${number} is closed; ${why}`
  });
  const stranger = strangerOf(inputs, context);
  if (stranger) return skip2(`it ${stranger}, so GitHub gives the run no secrets to take anything away`);
  const asked = inputs.command === "preview" || inputs.command === "teardown";
  if (!asked && (inputs.command !== "auto" || noPreviews !== void 0))
    return skip2("there is no preview to take away");
  return { ...base, kind: "teardown", identity: previewIdentity(inputs, context, number), pullRequest: number };
}
function planPullRequest(inputs, context, base, noPreviews) {
  const { command } = inputs;
  const number = context.pullRequest?.number ?? 0;
  const stranger = strangerOf(inputs, context);
  if (stranger) return unprivileged(inputs, base, strangerReason(stranger));
  if (command === "rollback") {
    throw new DeployError("INVALID_INPUTS", '"command: rollback" is for what is live, and no pull request is.', {
      hint: 'Run it in a workflow of its own, with "on: workflow_dispatch".'
    });
  }
  if (command === "deploy" || command === "sync") {
    if (context.cause)
      return {
        ...base,
        kind: "skip",
        reason: `the run before this one was of pull request #${number}, not merged yet`
      };
    if (inputs.environment) return { ...base, kind: command };
    throw onPullRequest(command);
  }
  const own = { ...base, identity: previewIdentity(inputs, context, number), pullRequest: number };
  if (command === "teardown") return { ...own, kind: "teardown" };
  if (noPreviews === void 0) return { ...own, kind: "preview" };
  if (command === "preview") {
    throw new DeployError("INVALID_INPUTS", `There can be no preview: ${noPreviews}.`, {
      hint: "See docs/previews.md, or leave out command: then pull requests are built and checked."
    });
  }
  return { ...base, kind: "verify", reason: `${noPreviews}: this pull request is built and checked, not deployed` };
}
var deployEvents, publishing, identityOf2, isMergeQueue, notProduction, unclearEvent, unprivileged, noPullRequest, onPullRequest;
var init_run_plan = __esm({
  "src/plan/run-plan.ts"() {
    "use strict";
    init_errors();
    init_environment();
    init_strangers();
    deployEvents = /* @__PURE__ */ new Set([
      "push",
      "workflow_dispatch",
      "repository_dispatch",
      "workflow_call",
      "workflow_run",
      "release"
    ]);
    publishing = /* @__PURE__ */ new Set(["published", "released", "prereleased"]);
    identityOf2 = (inputs, context) => context.pullRequest && inputs.environment === void 0 ? previewIdentity(inputs, context, context.pullRequest.number) : pushIdentity(inputs, context);
    isMergeQueue = ({ event, branch }) => event === "merge_group" || (branch?.startsWith("gh-readonly-queue/") ?? false);
    notProduction = (branch) => `"${branch}" is not a production branch (write "environment: ${branch}" to deploy it there, or name it in production-branch)`;
    unclearEvent = (event) => new DeployError("INVALID_INPUTS", `The event "${event}" does not say what to deploy.`, {
      hint: 'Run this step on pull_request for previews, and on push or workflow_dispatch for production. "command: check" only looks.'
    });
    unprivileged = (inputs, base, reason) => inputs.command === "sync" ? { ...base, kind: "skip", reason: `${reason}: nothing is synced` } : { ...base, kind: "verify", reason: `${reason}: it is built and checked, not deployed` };
    noPullRequest = (command, event) => new DeployError("INVALID_INPUTS", `"command: ${command}" is for pull requests, and "${event}" is of none.`, {
      hint: "Run this step on pull_request, or on workflow_run after a workflow that runs on pull_request."
    });
    onPullRequest = (command) => new DeployError("INVALID_INPUTS", `"command: ${command}" on a pull request would put unmerged work live.`, {
      hint: 'Name where it may go, for example "environment: staging", or leave out command.'
    });
  }
});

// src/report/outputs.ts
function outputsOf2(report, reportPath) {
  const { sync, artifact } = report;
  return {
    url: report.url ?? "",
    status: report.status,
    environment: report.environment ?? "",
    release: report.release ?? "",
    "deployment-id": String(report.deploymentId ?? ""),
    "host-deployment-id": report.hostDeploymentId ?? "",
    "log-url": report.logUrl ?? "",
    "static-url": report.staticUrl ?? "",
    "media-url": report.mediaUrl ?? "",
    uploaded: String(sync?.uploaded ?? 0),
    unchanged: String(sync?.unchanged ?? 0),
    "bytes-uploaded": String(sync?.bytesUploaded ?? 0),
    deleted: String(sync?.deleted ?? 0),
    "artifact-path": artifact?.path ?? "",
    "artifact-sha256": artifact?.sha256 ?? "",
    report: reportPath
  };
}
var init_outputs = __esm({
  "src/report/outputs.ts"() {
    "use strict";
  }
});

// src/report/recorder.ts
function createRecorder(log, clock) {
  const draft = emptyReport();
  let tell = (_stage) => {
  };
  return {
    note: (facts3) => Object.assign(draft, facts3),
    warn(message, at2) {
      draft.warnings.push(message);
      log.warning(message, at2);
    },
    watch(told) {
      tell = told;
    },
    async stage(name, work) {
      tell(name);
      const began = clock.now();
      const close = (failed, result) => {
        const milliseconds = clock.now() - began;
        draft.stages.push({ name, milliseconds, failed, result });
        log.info(`${failed ? "✗" : "✓"} ${name}: ${result} (${formatDuration(milliseconds)})`);
      };
      try {
        const { value, result, facts: facts3 } = await work();
        Object.assign(draft, facts3);
        close(false, result);
        return value;
      } catch (error2) {
        close(true, firstLine(error2 instanceof Error ? error2.message : String(error2)));
        throw error2;
      }
    },
    end(status, reason) {
      draft.status = status;
      draft.reason = reason;
    },
    report: () => ({ ...draft, stages: [...draft.stages], warnings: [...draft.warnings] })
  };
}
var firstLine;
var init_recorder = __esm({
  "src/report/recorder.ts"() {
    "use strict";
    init_text();
    init_report();
    firstLine = (text2) => text2.split("\n", 1)[0] ?? "";
  }
});

// src/report/summary.ts
function facts2(report) {
  const rows = [];
  const { url, artifact } = report;
  if (url && report.status !== "removed") rows.push(["URL", link(url)]);
  if (report.environment) rows.push(["Environment", code(report.environment)]);
  if (report.release) rows.push(["Release", code(report.release)]);
  rows.push(...proofRows(report));
  rows.push(...syncRows("Bucket", report));
  if (artifact)
    rows.push([
      "Artifact",
      `${plural(artifact.files, "file")}, ${formatBytes(artifact.bytes)}, sha256 ${code(artifact.sha256.slice(0, 16))}`
    ]);
  if (report.logUrl && report.status !== "removed") rows.push(["Host's log", link(report.logUrl, "Open")]);
  return rows;
}
function renderSummary(report) {
  const [icon, words2] = titles[report.status];
  const place3 = report.environment ? ` — ${escapeMarkdown(report.environment)}` : "";
  const lines = [`### ${icon} ${words2}${place3}`, "", ...errorLines(report)];
  const rows = facts2(report);
  if (rows.length > 0) lines.push(...factsTable(rows), "");
  if (report.stages.length > 0) lines.push(...stagesTable(report.stages), "");
  const { warnings, findings, sync } = report;
  if (warnings.length > 0) lines.push(...folded(plural(warnings.length, "warning"), warningLines(warnings), true));
  if (findings.length > 0) {
    lines.push(
      ...folded(
        `Preflight: ${plural(findings.length, "finding")}`,
        findingLines(findings),
        report.error?.code === "CHECKS_FAILED"
      )
    );
  }
  if (sync && sync.largest.length > 0) lines.push(...folded("Largest uploads", uploadsTable(sync)));
  return cutLines(lines, longest, Buffer.byteLength);
}
var longest;
var init_summary2 = __esm({
  "src/report/summary.ts"() {
    "use strict";
    init_text();
    init_markdown_parts();
    longest = 512 * 1024;
  }
});

// src/report/troubleshooting.ts
function troubleshooting(code2, env) {
  const page = `docs/troubleshooting.md#${code2.toLowerCase()}`;
  const { GITHUB_ACTION_REPOSITORY: repository, GITHUB_ACTION_REF: ref } = env;
  const server = env.GITHUB_SERVER_URL || "https://github.com";
  return repository ? `${server}/${repository}/blob/${ref || "HEAD"}/${page}` : page;
}
var init_troubleshooting = __esm({
  "src/report/troubleshooting.ts"() {
    "use strict";
  }
});

// src/main.ts
var main_exports = {};
__export(main_exports, {
  main: () => main
});
async function main(ports) {
  const { GITHUB_ACTION_REF: ref } = ports.env;
  ports.log.info(`Deploy Django ${version2}${ref ? ` (${ref})` : ""}`);
  const recorder = createRecorder(ports.log, ports.clock);
  const scratch = await makeScratch(ports.env);
  ports.saveScratch(scratch);
  let announcer;
  try {
    const { context, inputs, mistakes, github } = await readRun(ports);
    const plan = planRun(inputs, context, lacksPreviews(inputs, ports.hosts));
    const { identity, release } = plan;
    recorder.note({ environment: identity.name, release, sha: plan.kind === "rollback" ? void 0 : context.sha });
    const run3 = createRun({ ports, recorder, context, inputs, plan, scratch, github });
    announcer = announce(run3);
    await perform(run3, mistakes);
  } catch (thrown) {
    if (thrown instanceof RunEnded && !ports.signal.aborted) endRun(thrown, recorder, ports);
    else failRun(thrown, recorder, ports);
  }
  await conclude2(announcer, recorder, ports);
  return publish(recorder.report(), (0, import_node_path42.join)(scratch, "report.json"), ports);
}
function endRun({ status, message }, recorder, { log }) {
  log.notice(message);
  recorder.end(status, message);
}
function failRun(thrown, recorder, { log, signal, env }) {
  const error2 = toDeployError(signal.aborted ? signal.reason : thrown);
  const { code: code2, message, hint: hint2, at: at2 } = error2;
  recorder.end(error2 instanceof RolledBackError ? "rolled-back" : "failed", message.split("\n", 1)[0]);
  const page = troubleshooting(code2, env);
  recorder.note({ error: { code: code2, message, hint: hint2, page } });
  log.error([message, ...hint2 ? [hint2] : [], `${code2}: ${page}`].join("\n"), at2);
}
async function readRun(ports) {
  const event = readContext(ports.env, ports.payload);
  const intent = (inputs2) => intentOf(inputs2, event, lacksPreviews(inputs2, ports.hosts));
  const { inputs, mistakes } = parseInputs(ports, ports.hosts, intent);
  const secrets = [...secretsOf(inputs, ports.hosts), ...credentialsIn(buildEnvironment(ports.env, {}))];
  for (const form of secrets.flatMap(secretForms)) ports.hide(form);
  if (mistakes.length > 0 && inputs.command !== "check") throw invalidInputs(mistakes);
  const { repository, apiUrl: apiUrl2 } = event;
  const token = inputs.githubToken;
  const github = token && ports.openGitHub({ token, repository, apiUrl: apiUrl2 });
  const context = await identify(event, github).catch((error2) => {
    throw githubError(error2, "which pull request this run is of");
  });
  return { context, inputs, mistakes, github };
}
function perform(run3, mistakes) {
  const { plan } = run3;
  switch (plan.kind) {
    case "sync":
      return syncFolders(run3);
    case "check":
      return check3(run3, mistakes);
    case "teardown":
      return teardown(run3, plan.pullRequest);
    case "sweep":
      return sweep(run3);
    case "rollback":
      return rollback(run3, plan.to);
    default:
      return deploy(run3);
  }
}
function announce({ ports, recorder, inputs, context, plan, github }) {
  const what = announcementOf(inputs, context, plan, ports.clock.now());
  if (!what || !github) return void 0;
  const announcer = openAnnouncer(what, github, ports, (deploymentId) => recorder.note({ deploymentId }));
  recorder.watch((stage) => announcer.progress(redacted(recorder.report(), ports), stage));
  return announcer;
}
async function conclude2(announcer, recorder, ports) {
  if (!announcer) return;
  const warning2 = await announcer.end(redacted(recorder.report(), ports));
  if (warning2) recorder.warn(warning2);
  if (!warning2 || !ports.signal.aborted) ports.saveAnnouncement(void 0);
}
async function publish(found, path4, ports) {
  const report = redacted(found, ports);
  await (0, import_promises28.writeFile)(path4, `${JSON.stringify(report, null, 2)}
`);
  for (const [name, value] of Object.entries(outputsOf2(report, path4))) ports.setOutput(name, value);
  ports.writeSummary(renderSummary(report));
  ports.log.info(lastLine(report));
  return report;
}
function lastLine({ status, url, reason }) {
  const said2 = { live: `Live: ${url}`, triggered: `Triggered, not proven: ${url ?? reason}` }[status];
  return said2 ?? `${status[0]?.toUpperCase()}${status.slice(1).replace("-", " ")}: ${reason}`;
}
var import_promises28, import_node_path42;
var init_main = __esm({
  "src/main.ts"() {
    "use strict";
    import_promises28 = require("node:fs/promises");
    import_node_path42 = require("node:path");
    init_check();
    init_deploy();
    init_rollback();
    init_announcing();
    init_run();
    init_run_ended();
    init_sweep();
    init_sync();
    init_teardown();
    init_errors();
    init_scratch_folder();
    init_version2();
    init_context();
    init_pull_request();
    init_github_failures();
    init_inputs();
    init_secret();
    init_host_intent();
    init_run_plan();
    init_build_environment();
    init_outputs();
    init_recorder();
    init_summary2();
    init_troubleshooting();
  }
});

// src/runner/start.ts
init_core();
init_scratch_folder();
init_command_files();
init_post_state();

// src/runner/environ.ts
var import_node_fs2 = require("node:fs");
var inputPrefix = "INPUT_";
function takeInputs(environment) {
  const inputs = /* @__PURE__ */ new Map();
  for (const [name, value] of Object.entries(environment)) {
    if (!name.toUpperCase().startsWith(inputPrefix)) continue;
    inputs.set(name.slice(inputPrefix.length).toUpperCase(), value ?? "");
    delete environment[name];
  }
  return (name) => inputs.get(name.toUpperCase()) ?? "";
}
function environmentBlock(stat6) {
  const fields = stat6.slice(stat6.lastIndexOf(")") + 2).split(" ");
  const [start2, end] = [Number(fields[47]), Number(fields[48])];
  return start2 > 0 && end > start2 ? { address: start2, length: end - start2 } : void 0;
}
function wipeEnvironmentBlock(environment) {
  if (process.platform !== "linux") return `there is no /proc on ${process.platform}`;
  try {
    const block = environmentBlock((0, import_node_fs2.readFileSync)("/proc/self/stat", "latin1"));
    if (!block) return "the kernel does not say where it is";
    for (const [name, value] of Object.entries(environment)) environment[name] = value;
    const memory2 = (0, import_node_fs2.openSync)("/proc/self/mem", "r+");
    try {
      (0, import_node_fs2.writeSync)(memory2, Buffer.alloc(block.length), 0, block.length, block.address);
    } finally {
      (0, import_node_fs2.closeSync)(memory2);
    }
    return void 0;
  } catch (error2) {
    return String(error2);
  }
}

// src/runner/start.ts
init_github_cache();

// src/runner/memory.ts
var import_node_v8 = require("node:v8");
var unbounded = 32 * 1024 * 1024;
var everyMilliseconds = 10;
function boundMemory() {
  const watch = setInterval(() => {
    if ((0, import_node_v8.getHeapStatistics)().total_heap_size < unbounded) return;
    (0, import_node_v8.setFlagsFromString)("--semi-space-growth-factor=1");
    (0, import_node_v8.setFlagsFromString)("--heap-growing-percent=30");
    clearInterval(watch);
  }, everyMilliseconds);
  watch.unref();
}

// src/runner/start.ts
async function run(input, loadMain) {
  const files = openCommandFiles(process.env);
  const [main2, { createPorts: createPorts2 }] = await Promise.all([loadMain(), Promise.resolve().then(() => (init_runner_ports(), runner_ports_exports))]);
  const ports = createPorts2(input, files);
  const report = await main2(ports);
  await ports.close();
  const others2 = files.undoOthers();
  if (others2.length > 0) warning(undone(others2));
  if (report.error) process.exitCode = ExitCode.Failure;
}
async function post(scratch, input) {
  const left = getState(announcementState);
  if (left) {
    const { closeLeftover: closeLeftover2 } = await Promise.resolve().then(() => (init_leftover(), leftover_exports));
    await closeLeftover2(left, input, process.env);
  }
  const key = getState(cacheState);
  if (key) await saveCacheEntry(key, process.env);
  await removeScratch(scratch, process.env);
}
async function start(loadMain) {
  const input = takeInputs(process.env);
  const refused3 = wipeEnvironmentBlock(process.env);
  if (refused3) debug(`Other processes of this user can read the environment of this one: ${refused3}`);
  boundMemory();
  try {
    const scratch = getState(scratchState);
    await (scratch ? post(scratch, input) : run(input, loadMain));
  } catch (thrown) {
    setFailed(thrown instanceof Error ? thrown.stack ?? thrown.message : String(thrown));
  }
}

// src/index.ts
void start(async () => (await Promise.resolve().then(() => (init_main(), main_exports))).main);
