var __defProp = Object.defineProperty;
var __getOwnPropDesc = Object.getOwnPropertyDescriptor;
var __getOwnPropNames = Object.getOwnPropertyNames;
var __hasOwnProp = Object.prototype.hasOwnProperty;
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
var __toCommonJS = (mod) => __copyProps(__defProp({}, "__esModule", { value: true }), mod);

// node_modules/srcset/index.js
var srcset_exports = {};
__export(srcset_exports, {
  parseSrcset: () => parseSrcset,
  stringifySrcset: () => stringifySrcset
});
module.exports = __toCommonJS(srcset_exports);
var imageCandidateRegex = /\s*([^,]\S*[^,](?:\s+[^,]+)?)\s*(?:,|$)/;
var duplicateDescriptorCheck = (allDescriptors, value, postfix) => {
  allDescriptors[postfix] = allDescriptors[postfix] || {};
  if (allDescriptors[postfix][value]) {
    throw new Error(`No more than one image candidate is allowed for a given descriptor: ${value}${postfix}`);
  }
  allDescriptors[postfix][value] = true;
};
var fallbackDescriptorDuplicateCheck = (allDescriptors) => {
  if (allDescriptors.fallback) {
    throw new Error("Only one fallback image candidate is allowed");
  }
  if (allDescriptors.x && allDescriptors.x["1"]) {
    throw new Error("A fallback image is equivalent to a 1x descriptor, providing both is invalid.");
  }
  allDescriptors.fallback = true;
};
var descriptorCountCheck = (allDescriptors, currentDescriptors) => {
  if (currentDescriptors.length === 0) {
    fallbackDescriptorDuplicateCheck(allDescriptors);
  } else if (currentDescriptors.length > 1) {
    throw new Error(`Image candidate may have no more than one descriptor, found ${currentDescriptors.length}: ${currentDescriptors.join(" ")}`);
  }
};
var validDescriptorCheck = (value, postfix, descriptor) => {
  if (Number.isNaN(value)) {
    throw new TypeError(`${descriptor || value} is not a valid number`);
  }
  switch (postfix) {
    case "w": {
      const widthString = descriptor.slice(0, -1);
      if (!/^\d+$/.test(widthString)) {
        throw new TypeError(`Width descriptor must be a valid non-negative integer: ${descriptor}`);
      }
      if (value <= 0) {
        throw new Error("Width descriptor must be greater than zero");
      } else if (!Number.isInteger(value)) {
        throw new TypeError("Width descriptor must be an integer");
      }
      break;
    }
    case "x": {
      const densityString = descriptor.slice(0, -1);
      if (!Number.isFinite(value)) {
        throw new TypeError(`Density descriptor must be a valid floating-point number: ${descriptor}`);
      }
      if (!/^-?(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?$/.test(densityString)) {
        throw new TypeError(`Density descriptor must be a valid floating-point number: ${descriptor}`);
      }
      if (value <= 0) {
        throw new Error("Pixel density descriptor must be greater than zero");
      }
      break;
    }
    case "h": {
      throw new Error("Height descriptor is no longer allowed");
    }
    default: {
      throw new Error(`Invalid srcset descriptor: ${descriptor}`);
    }
  }
};
function parseSrcset(string, { strict = false } = {}) {
  const allDescriptors = strict ? {} : void 0;
  return string.replace(/\r?\n/, "").replace(/,\s+/, ", ").split(imageCandidateRegex).filter((part, index) => index % 2 === 1).map((part) => {
    const [url, ...descriptors] = part.trim().split(/\s+/);
    const result = { url };
    if (strict) {
      descriptorCountCheck(allDescriptors, descriptors);
    }
    for (const descriptor of descriptors) {
      const postfix = descriptor[descriptor.length - 1];
      const value = Number.parseFloat(descriptor.slice(0, -1));
      if (strict) {
        validDescriptorCheck(value, postfix, descriptor);
        duplicateDescriptorCheck(allDescriptors, value, postfix);
      }
      switch (postfix) {
        case "w": {
          result.width = value;
          break;
        }
        case "h": {
          result.height = value;
          break;
        }
        case "x": {
          result.density = value;
          break;
        }
      }
    }
    return result;
  });
}
var knownDescriptors = /* @__PURE__ */ new Set(["width", "height", "density"]);
function stringifySrcset(array, { strict = false } = {}) {
  const allDescriptors = strict ? {} : void 0;
  return array.map((element) => {
    if (!element.url) {
      if (strict) {
        throw new Error("URL is required");
      }
      return "";
    }
    const descriptorKeys = Object.keys(element).filter((key) => knownDescriptors.has(key));
    if (strict) {
      descriptorCountCheck(allDescriptors, descriptorKeys);
    }
    const result = [element.url];
    for (const descriptorKey of descriptorKeys) {
      const value = element[descriptorKey];
      let postfix;
      switch (descriptorKey) {
        case "width": {
          postfix = "w";
          break;
        }
        case "height": {
          postfix = "h";
          break;
        }
        case "density": {
          postfix = "x";
          break;
        }
      }
      const descriptor = `${value}${postfix}`;
      if (strict) {
        validDescriptorCheck(value, postfix, descriptor);
        duplicateDescriptorCheck(allDescriptors, value, postfix);
      }
      result.push(descriptor);
    }
    return result.join(" ");
  }).join(", ");
}
// Annotate the CommonJS export names for ESM import in node:
0 && (module.exports = {
  parseSrcset,
  stringifySrcset
});
