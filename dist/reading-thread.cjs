"use strict";

// src/runner/reading-thread.ts
var import_node_crypto2 = require("node:crypto");
var import_node_worker_threads = require("node:worker_threads");

// src/sync/content-reader.ts
var import_node_crypto = require("node:crypto");
var import_node_fs = require("node:fs");
var import_promises = require("node:fs/promises");
var blockSize = 1024 * 1024;
var headSize = 4096;
var overlap = 4096;
var flags = import_node_fs.constants.O_RDONLY | (import_node_fs.constants.O_NOFOLLOW ?? 0) | (import_node_fs.constants.O_NONBLOCK ?? 0);
var allocateBlock = () => Buffer.from(new SharedArrayBuffer(overlap + blockSize));
async function digest(handle, guard) {
  const sum = (0, import_node_crypto.createHash)("md5");
  let [block, other] = [allocateBlock(), allocateBlock()];
  let head = Buffer.alloc(0);
  let reason;
  let looking;
  let size = 0;
  for (let kept = 0; ; ) {
    const { bytesRead } = await handle.read(block, kept, blockSize, size);
    if (bytesRead === 0) break;
    const end = kept + bytesRead;
    const before = looking;
    looking = guard(block.subarray(0, end));
    const read = block.subarray(kept, end);
    sum.update(read);
    if (size === 0) head = Buffer.from(read.subarray(0, headSize));
    size += bytesRead;
    reason ??= await before;
    kept = Math.min(overlap, end);
    block.copy(other, 0, end - kept, end);
    [block, other] = [other, block];
  }
  reason ??= await looking;
  return { md5: sum.digest("hex"), size, head, reason };
}
function createReader(createGuard2, createBlockGuard = createGuard2) {
  const buffer = Buffer.allocUnsafe(blockSize);
  return {
    readNow(path) {
      const file = (0, import_node_fs.openSync)(path, flags);
      try {
        const stat = (0, import_node_fs.fstatSync)(file);
        if (!stat.isFile()) return void 0;
        if (stat.size >= blockSize) return "large";
        let size = 0;
        for (; ; ) {
          const read = (0, import_node_fs.readSync)(file, buffer, size, blockSize - size, size);
          if (read === 0) break;
          size += read;
          if (size === blockSize) return "large";
        }
        const bytes = buffer.subarray(0, size);
        const head = bytes.subarray(0, headSize);
        return { md5: (0, import_node_crypto.hash)("md5", bytes), size, modified: stat.mtimeMs, head, reason: createGuard2()(bytes) };
      } finally {
        (0, import_node_fs.closeSync)(file);
      }
    },
    async readLarge(path) {
      const handle = await (0, import_promises.open)(path, flags);
      try {
        const stat = await handle.stat();
        if (!stat.isFile()) return void 0;
        return { ...await digest(handle, createBlockGuard(stat.size)), modified: stat.mtimeMs };
      } finally {
        await handle.close();
      }
    }
  };
}

// src/lib/find-any.ts
var pairs = 65536;
function createSearch(needles) {
  const window = Math.min(...needles.map(({ length }) => length));
  const pairAt = (bytes, end) => bytes[end - 1] << 8 | bytes[end];
  const skips = new Uint8Array(pairs).fill(window - 1);
  const endingWith = /* @__PURE__ */ new Map();
  for (const [number, needle] of needles.entries()) {
    for (let end = 1; end < window; end++) {
      const pair = pairAt(needle, end);
      skips[pair] = Math.min(skips[pair], window - 1 - end);
    }
    const last = pairAt(needle, window - 1);
    endingWith.set(last, [...endingWith.get(last) ?? [], number]);
  }
  const standsAt = (bytes, needle, at) => {
    for (let index = 0; index < needle.length; index++) if (bytes[at + index] !== needle[index]) return false;
    return true;
  };
  const answerAt = (bytes, end, look) => {
    const at = end - window + 1;
    for (const number of endingWith.get(pairAt(bytes, end)) ?? []) {
      const answer = standsAt(bytes, needles[number], at) ? look(number, at) : void 0;
      if (answer !== void 0) return answer;
    }
    return void 0;
  };
  const searchFrom = (bytes, from, to, look) => {
    for (let end = from; end < to; ) {
      const skip = skips[pairAt(bytes, end)];
      const answer = skip === 0 ? answerAt(bytes, end, look) : void 0;
      if (answer !== void 0) return answer;
      end += skip || 1;
    }
    return void 0;
  };
  return (bytes, look) => {
    const middle = Math.max(window - 1, bytes.length >> 1);
    let [left, right] = [window - 1, middle];
    while (left < middle && right < bytes.length) {
      const [skipLeft, skipRight] = [skips[pairAt(bytes, left)], skips[pairAt(bytes, right)]];
      const answer = (skipLeft === 0 ? answerAt(bytes, left, look) : void 0) ?? (skipRight === 0 ? answerAt(bytes, right, look) : void 0);
      if (answer !== void 0) return answer;
      left += skipLeft || 1;
      right += skipRight || 1;
    }
    return searchFrom(bytes, left, middle, look) ?? searchFrom(bytes, right, bytes.length, look);
  };
}

// src/sync/refused-contents.ts
var rules = [
  {
    // The key's own lines have to follow, because libraries that read keys hold the first line in their code.
    needle: "PRIVATE KEY",
    pattern: /-----BEGIN [A-Z0-9 ]{0,30}PRIVATE KEY( BLOCK)?-----(\s|\\n|\\r)+([A-Za-z-]+: [^\n]*\n\s*)*[A-Za-z0-9+/=\s\\]{64}/,
    before: 48,
    after: 2048,
    reason: "a private key"
  },
  {
    needle: "AKIA",
    pattern: /\bAKIA(?!IOSFODNN7EXAMPLE)[0-9A-Z]{16}\b/,
    before: 1,
    after: 32,
    reason: "an AWS access key"
  },
  {
    needle: "SECRET_KEY",
    pattern: /^\s*(export\s+)?SECRET_KEY(\s*=\s*['"]|=[^\s'"(]{8})/m,
    before: 64,
    after: 64,
    reason: "a SECRET_KEY"
  },
  {
    needle: "github_pat_",
    pattern: /\bgithub_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{40,}/,
    before: 1,
    after: 96,
    reason: "a token of GitHub"
  },
  ...["ghp_", "gho_", "ghu_", "ghs_", "ghr_"].map((needle) => ({
    needle,
    pattern: /(?<![A-Za-z0-9])gh[pousr]_(?=\w{0,35}\d)[A-Za-z0-9]{36,}/,
    before: 1,
    after: 64,
    reason: "a token of GitHub"
  })),
  {
    needle: "glpat-",
    pattern: /(?<![\w-])glpat-(?=[\w-]{0,19}\d)[\w-]{20,}/,
    before: 1,
    after: 64,
    reason: "a token of GitLab"
  },
  {
    needle: "k_live_",
    pattern: /(?<![A-Za-z0-9])[sr]k_live_[A-Za-z0-9]{16,}/,
    before: 2,
    after: 64,
    reason: "a secret key of Stripe"
  },
  ...["xoxa-", "xoxb-", "xoxe-", "xoxo-", "xoxp-", "xoxr-", "xoxs-"].map((needle) => ({
    needle,
    pattern: /(?<![A-Za-z0-9])xox[abeoprs]-\d[\w-]{16,}/,
    before: 1,
    after: 64,
    reason: "a token of Slack"
  })),
  {
    needle: "client-key-data",
    pattern: /client-key-data:\s*[A-Za-z0-9+/=]{64}/,
    before: 0,
    after: 128,
    reason: "a key of Kubernetes"
  }
];
var search = createSearch(rules.map(({ needle }) => Buffer.from(needle, "latin1")));
var mostPlaces = 1e3;
function refusedContents(bytes) {
  const places = /* @__PURE__ */ new Map();
  return search(bytes, (number, at) => {
    const { needle, pattern, before, after, reason } = rules[number];
    const place = (places.get(number) ?? 0) + 1;
    places.set(number, place);
    if (place > mostPlaces) return void 0;
    const text = bytes.toString("latin1", Math.max(0, at - before), at + needle.length + after);
    return pattern.test(text) ? reason : void 0;
  });
}

// src/sync/guard.ts
var beginnings = [
  ["SQLite format 3\0", "an SQLite database"],
  ["PGDMP", "a database dump"],
  ["-- MySQL dump", "a database dump"],
  ["-- MariaDB dump", "a database dump"],
  ["--\n-- PostgreSQL database dump", "a database dump"],
  ["PuTTY-User-Key-File-", "a private key"],
  ["þíþí", "a keystore"],
  ["Ù¢", "a password database"],
  [
    "version https://git-lfs.github.com/spec/v1\n",
    "a pointer of Git LFS in place of the file (set lfs: true of actions/checkout)"
  ]
];
var firstBytes = new Set(beginnings.map(([beginning]) => beginning.charCodeAt(0)));
function byBeginning(bytes) {
  if (!firstBytes.has(bytes[0] ?? 0)) return void 0;
  const start = bytes.toString("latin1", 0, 64);
  return beginnings.find(([beginning]) => start.startsWith(beginning))?.[1];
}
var recordings = ["ID3", "OggS", "fLaC", "RIFF", "Eß£"];
var isRecording = (start) => start.startsWith("ftyp", 4) || recordings.some((beginning) => start.startsWith(beginning));
function createGuardBy(search2) {
  let began = false;
  let recorded = false;
  return (bytes) => {
    if (recorded) return void 0;
    const kind = began ? void 0 : byBeginning(bytes);
    recorded = !began && isRecording(bytes.toString("latin1", 0, 8));
    began = true;
    return kind ?? search2(bytes);
  };
}
var createGuard = () => createGuardBy(refusedContents);

// src/sync/sniff.ts
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

// src/sync/readers.ts
var fileOf = (root, { path, target }) => target ?? `${root}/${path}`;
function outcomeOf(content, sniffs) {
  if (!content) return "none";
  const { md5, size, modified, head, reason } = content;
  return { md5, size, modified, reason, sniffed: sniffs ? sniff(head) : void 0 };
}
var failed = (error) => ({ code: error.code ?? String(error) });
function readSmall(reader2, root, file) {
  try {
    const content = reader2.readNow(fileOf(root, file));
    return content === "large" ? content : outcomeOf(content, file.sniffs);
  } catch (error) {
    return failed(error);
  }
}
async function readAny(reader2, root, file) {
  const outcome = readSmall(reader2, root, file);
  if (outcome !== "large") return outcome;
  return reader2.readLarge(fileOf(root, file)).then((content) => outcomeOf(content, file.sniffs), failed);
}

// src/runner/reading-thread.ts
var reader = createReader(createGuard);
async function answerTo(request) {
  if ("toHash" in request) return (0, import_node_crypto2.hash)("md5", request.toHash);
  if ("toSearch" in request) {
    const { buffer, byteOffset, length } = request.toSearch;
    return refusedContents(Buffer.from(buffer, byteOffset, length));
  }
  const { root, files, large } = request;
  return large ? Promise.all(files.map((file) => readAny(reader, root, file))) : files.map((file) => readSmall(reader, root, file));
}
import_node_worker_threads.parentPort?.on("message", async ({ id, content }) => {
  import_node_worker_threads.parentPort?.postMessage({ id, content: await answerTo(content) });
});
