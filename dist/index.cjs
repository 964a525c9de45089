"use strict";
var __create = Object.create;
var __defProp = Object.defineProperty;
var __getOwnPropDesc = Object.getOwnPropertyDescriptor;
var __getOwnPropNames = Object.getOwnPropertyNames;
var __getProtoOf = Object.getPrototypeOf;
var __hasOwnProp = Object.prototype.hasOwnProperty;
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

// node_modules/@actions/core/lib/command.js
var os = __toESM(require("os"));

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

// node_modules/@actions/core/lib/command.js
function issueCommand(command, properties, message) {
  const cmd = new Command(command, properties, message);
  process.stdout.write(cmd.toString() + os.EOL);
}
var CMD_STRING = "::";
var Command = class {
  constructor(command, properties, message) {
    if (!command) {
      command = "missing.command";
    }
    this.command = command;
    this.properties = properties;
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
function escapeData(s) {
  return toCommandValue(s).replace(/%/g, "%25").replace(/\r/g, "%0D").replace(/\n/g, "%0A");
}
function escapeProperty(s) {
  return toCommandValue(s).replace(/%/g, "%25").replace(/\r/g, "%0D").replace(/\n/g, "%0A").replace(/:/g, "%3A").replace(/,/g, "%2C");
}

// node_modules/@actions/core/lib/core.js
var os2 = __toESM(require("os"));
var ExitCode;
(function(ExitCode2) {
  ExitCode2[ExitCode2["Success"] = 0] = "Success";
  ExitCode2[ExitCode2["Failure"] = 1] = "Failure";
})(ExitCode || (ExitCode = {}));
function setFailed(message) {
  process.exitCode = ExitCode.Failure;
  error(message);
}
function debug(message) {
  issueCommand("debug", {}, message);
}
function error(message, properties = {}) {
  issueCommand("error", toCommandProperties(properties), message instanceof Error ? message.toString() : message);
}
function warning(message, properties = {}) {
  issueCommand("warning", toCommandProperties(properties), message instanceof Error ? message.toString() : message);
}
function info(message) {
  process.stdout.write(message + os2.EOL);
}
function getState(name) {
  return process.env[`STATE_${name}`] || "";
}

// src/core/scratch-folder.ts
var import_promises = require("node:fs/promises");
var import_node_path = require("node:path");
var prefix = "deploy-django-";
var tempOf = (environment) => environment.RUNNER_TEMP ?? "/tmp";
function isScratch(path, environment) {
  return (0, import_node_path.dirname)((0, import_node_path.resolve)(path)) === (0, import_node_path.resolve)(tempOf(environment)) && (0, import_node_path.basename)((0, import_node_path.resolve)(path)).startsWith(prefix);
}
var littleRoom = 1024 * 1024;
async function removeScratch(path, environment) {
  if (!isScratch(path, environment)) return;
  const stat = await (0, import_promises.lstat)(path).catch(() => void 0);
  if (stat?.isDirectory()) await (0, import_promises.rm)(path, { recursive: true, force: true });
}

// src/workflow/command-files.ts
var import_node_fs = require("node:fs");
var import_node_path2 = require("node:path");
var variables = ["GITHUB_OUTPUT", "GITHUB_STATE", "GITHUB_ENV", "GITHUB_PATH", "GITHUB_STEP_SUMMARY"];
var undone = (files) => `The project's code wrote to ${files.join(", ")}, where a step commands the runner. It was undone; write there in a step of your own.`;
function holds(path, content) {
  const stat = (0, import_node_fs.lstatSync)(path, { throwIfNoEntry: false });
  if (!stat) return content.length === 0;
  return stat.isFile() && stat.size === content.length && (0, import_node_fs.readFileSync)(path).equals(content);
}
function write(path, content) {
  if (!(0, import_node_fs.lstatSync)(path, { throwIfNoEntry: false })?.isFile()) (0, import_node_fs.rmSync)(path, { recursive: true, force: true });
  (0, import_node_fs.mkdirSync)((0, import_node_path2.dirname)(path), { recursive: true });
  (0, import_node_fs.writeFileSync)(path, content);
}
function restore(path, content) {
  try {
    write(path, content);
    return content;
  } catch {
    return (0, import_node_fs.lstatSync)(path, { throwIfNoEntry: false })?.isFile() ? (0, import_node_fs.readFileSync)(path) : Buffer.alloc(0);
  }
}
function openCommandFiles(environment) {
  const files = /* @__PURE__ */ new Map();
  for (const variable of variables) {
    const path = environment[variable];
    if (!path) continue;
    const known = (0, import_node_fs.lstatSync)(path, { throwIfNoEntry: false })?.isFile() ?? false;
    files.set(variable, { path, content: known ? (0, import_node_fs.readFileSync)(path) : Buffer.alloc(0) });
  }
  const touched = /* @__PURE__ */ new Set();
  const look = () => {
    for (const [name, { path, content }] of files) {
      if (holds(path, content)) continue;
      touched.add(name);
      write(path, content);
    }
  };
  return {
    append(name, text) {
      look();
      const file = files.get(name);
      if (!file) return;
      const content = Buffer.concat([file.content, Buffer.from(text)]);
      try {
        write(file.path, content);
        file.content = content;
      } catch (error2) {
        file.content = restore(file.path, file.content);
        throw error2;
      }
    },
    undoOthers() {
      look();
      const names = [...touched];
      touched.clear();
      return names;
    }
  };
}

// src/workflow/post-state.ts
var scratchState = "scratch";
var announcementState = "announcement";
var cacheState = "cache";
var trustedSourceState = "trusted-source";

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
function environmentBlock(stat) {
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const [start2, end] = [Number(fields[47]), Number(fields[48])];
  return start2 > 0 && end > start2 ? { address: start2, length: end - start2 } : void 0;
}
function wipeEnvironmentBlock(environment) {
  if (process.platform !== "linux") return `there is no /proc on ${process.platform}`;
  try {
    const block = environmentBlock((0, import_node_fs2.readFileSync)("/proc/self/stat", "latin1"));
    if (!block) return "the kernel does not say where it is";
    for (const [name, value] of Object.entries(environment)) environment[name] = value;
    const memory = (0, import_node_fs2.openSync)("/proc/self/mem", "r+");
    try {
      (0, import_node_fs2.writeSync)(memory, Buffer.alloc(block.length), 0, block.length, block.address);
    } finally {
      (0, import_node_fs2.closeSync)(memory);
    }
    return void 0;
  } catch (error2) {
    return String(error2);
  }
}

// src/project/install/package-cache.ts
var import_node_path3 = require("node:path");

// src/event/trust.ts
var privilegedEvents = /* @__PURE__ */ new Set([
  "pull_request_target",
  "workflow_run",
  "issue_comment",
  "issues",
  "discussion",
  "discussion_comment",
  "fork",
  "watch",
  "gollum"
]);

// src/project/install/package-cache.ts
function cacheAccess(env) {
  const url = env.ACTIONS_RESULTS_URL || env.ACTIONS_CACHE_URL;
  if (!env.ACTIONS_RUNTIME_TOKEN || !url || !env.RUNNER_TEMP) return "none";
  return privilegedEvents.has(env.GITHUB_EVENT_NAME ?? "") ? "read" : "write";
}
var cacheFolder = (env) => cacheAccess(env) === "none" ? void 0 : (0, import_node_path3.join)(env.RUNNER_TEMP ?? "", "deploy-django-packages");
var keyStart = "deploy-django-";
var isCacheKey = (key) => key.startsWith(keyStart);

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
  const reported = /^::(?:warning|error)[^:]*::(.*)$/m.exec(printed)?.[1];
  const refused = /^Failed to save: (.*)$/m.exec(printed)?.[1];
  return { value, trouble: (reported ?? refused)?.replace(/\?\S+/g, "?…") };
}
async function saveCacheEntry(key, env) {
  const folder = cacheFolder(env);
  if (folder === void 0 || !isCacheKey(key)) return;
  const { value, trouble } = await quietly(async () => {
    const { saveCache } = await Promise.resolve().then(() => __toESM(require("./actions-cache.cjs"), 1));
    return saveCache([folder], key);
  });
  const saved = value !== void 0 && value >= 0;
  info(
    saved ? `Packages kept in GitHub's cache: ${key}` : `Packages not kept in GitHub's cache: ${trouble ?? "it is read-only"}`
  );
}

// src/runner/memory.ts
var import_node_v8 = require("node:v8");
var unbounded = 32 * 1024 * 1024;
var everyMilliseconds = 10;
function boundMemory() {
  const watch = setInterval(() => {
    if ((0, import_node_v8.getHeapStatistics)().total_heap_size < unbounded) return;
    (0, import_node_v8.setFlagsFromString)("--semi-space-growth-factor=1");
    (0, import_node_v8.setFlagsFromString)("--heap-growing-percent=10");
    clearInterval(watch);
  }, everyMilliseconds);
  watch.unref();
}

// src/runner/start.ts
async function run(input, load) {
  const files = openCommandFiles(process.env);
  const { main, createPorts } = await load();
  const ports = createPorts(input, files);
  const report = await main(ports);
  await ports.close();
  const others = files.undoOthers();
  if (others.length > 0) warning(undone(others));
  if (report.error) process.exitCode = ExitCode.Failure;
}
async function post(scratch, input, load) {
  const rule = getState(trustedSourceState);
  if (rule) await (await load()).takeOutLeftover(rule, input, process.env);
  const left = getState(announcementState);
  if (left) await (await load()).closeLeftover(left, input, process.env);
  const key = getState(cacheState);
  if (key) await saveCacheEntry(key, process.env);
  await removeScratch(scratch, process.env);
}
async function start(load) {
  const input = takeInputs(process.env);
  const refused = wipeEnvironmentBlock(process.env);
  if (refused) debug(`Other processes of this user can read the environment of this one: ${refused}`);
  boundMemory();
  try {
    const scratch = getState(scratchState);
    await (scratch ? post(scratch, input, load) : run(input, load));
  } catch (thrown) {
    setFailed(thrown instanceof Error ? thrown.stack ?? thrown.message : String(thrown));
  }
}

// src/index.ts
void start(() => Promise.resolve().then(() => __toESM(require("./run.cjs"), 1)));
