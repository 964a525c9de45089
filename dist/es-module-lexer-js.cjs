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

// node_modules/es-module-lexer/dist/lexer.asm.js
var lexer_asm_exports = {};
__export(lexer_asm_exports, {
  init: () => init,
  parse: () => parse
});
module.exports = __toCommonJS(lexer_asm_exports);
var e = false;
var a;
var i;
var r;
var s = 2 << 19;
var f = 1 === new Uint8Array(new Uint16Array([1]).buffer)[0] ? function(e2, a2) {
  const i2 = e2.length;
  let r2 = 0;
  for (; r2 < i2; ) a2[r2] = e2.charCodeAt(r2++);
} : function(e2, a2) {
  const i2 = e2.length;
  let r2 = 0;
  for (; r2 < i2; ) {
    const i3 = e2.charCodeAt(r2);
    a2[r2++] = (255 & i3) << 8 | i3 >>> 8;
  }
};
var c = "xportportlassrometavoyiedeleinstantyreturdebuggeawaithrwhileforifcatcfinallelsbreacontinsyncunctionourceefer;ypenterfacenewkeyofinfertypeofuniqueimportreadonlyabstractthencatchfinallyeclarextendsnumamespaceonstoduleequirelobalsatisfies";
var t;
var b;
var k;
var init = () => Promise.resolve();
function parse(l2, o2 = "@") {
  t = l2, b = o2;
  const w = Math.max(2 << 17, 2 * t.length), d = 2 * t.length + w + (2 << 17);
  if (d > s || !a) {
    for (; d > s; ) s *= 2;
    i = new ArrayBuffer(s), f(c, new Uint16Array(i, 16, 235)), a = (function(e2, a2, i2) {
      ;
      var r2 = new e2.Int8Array(i2), s2 = new e2.Int16Array(i2), f2 = new e2.Int32Array(i2), c2 = new e2.Uint8Array(i2), t2 = new e2.Uint16Array(i2), b2 = 1376;
      function k2() {
        var e3 = 0, a3 = 0, i3 = 0, c3 = 0, k3 = 0, n3 = 0, o4 = 0, h3 = 0, w3 = 0;
        w3 = b2;
        b2 = b2 + 10256 | 0;
        f2[w3 + 10240 >> 2] = 0;
        r2[1136] = 1;
        r2[1134] = 0;
        s2[564] = 0;
        s2[565] = 0;
        f2[145] = 232;
        r2[1137] = 0;
        f2[146] = 0;
        f2[147] = 0;
        f2[148] = 0;
        r2[1138] = 0;
        f2[149] = 0;
        f2[142] = 0;
        r2[1133] = 0;
        f2[150] = w3 + 2048;
        f2[151] = w3;
        r2[1139] = 0;
        e3 = (f2[124] | 0) + -2 | 0;
        f2[152] = e3;
        a3 = e3 + (f2[138] << 1) | 0;
        f2[153] = a3;
        e: while (1) {
          i3 = e3 + 2 | 0;
          f2[152] = i3;
          if (e3 >>> 0 >= a3 >>> 0) {
            c3 = 25;
            break;
          }
          a: do {
            switch (s2[i3 >> 1] | 0) {
              case 9:
              case 10:
              case 11:
              case 12:
              case 13:
              case 32:
                break;
              case 101: {
                if (((s2[565] | 0) == 0 ? Me(i3) | 0 : 0) ? (le(e3 + 4 | 0, 16, 10) | 0) == 0 : 0) if (!(l3() | 0)) if (!(r2[1136] | 0)) {
                  c3 = 11;
                  break e;
                } else {
                  c3 = 24;
                  break a;
                }
                else {
                  f2[145] = 232;
                  break a;
                }
                else c3 = 24;
                break;
              }
              case 105: {
                a3 = e3 + 4 | 0;
                if (((s2[a3 >> 1] | 0) == 109 ? Me(i3) | 0 : 0) ? (le(e3 + 6 | 0, 26, 8) | 0) == 0 : 0) {
                  u2();
                  c3 = 24;
                  break a;
                }
                if ((Me(i3) | 0 ? (le(a3, 240, 16) | 0) == 0 : 0) ? (c3 = s2[e3 + 20 >> 1] | 0, c3 << 16 >> 16 == 47 | (qe(c3) | 0)) : 0) {
                  c3 = 19;
                  break e;
                } else c3 = 24;
                break;
              }
              case 59: {
                c3 = 24;
                break;
              }
              case 47:
                switch (s2[e3 + 4 >> 1] | 0) {
                  case 47: {
                    Se();
                    break a;
                  }
                  case 42: {
                    V(1);
                    break a;
                  }
                  default: {
                    c3 = 23;
                    break e;
                  }
                }
              default: {
                c3 = 23;
                break e;
              }
            }
          } while (0);
          if ((c3 | 0) == 24) {
            c3 = 0;
            f2[145] = f2[152];
          }
          e3 = f2[152] | 0;
          a3 = f2[153] | 0;
        }
        if ((c3 | 0) == 11) {
          e3 = f2[152] | 0;
          f2[145] = e3;
          c3 = 26;
        } else if ((c3 | 0) == 19) {
          r2[1136] = 0;
          f2[152] = e3;
          c3 = 26;
        } else if ((c3 | 0) == 23) {
          r2[1136] = 0;
          f2[152] = e3;
          c3 = 26;
        } else if ((c3 | 0) == 25) if (!(r2[1133] | 0)) {
          e3 = i3;
          c3 = 26;
        } else e3 = 0;
        do {
          if ((c3 | 0) == 26) {
            e: while (1) {
              i3 = e3 + 2 | 0;
              f2[152] = i3;
              if (e3 >>> 0 >= (f2[153] | 0) >>> 0) {
                c3 = 166;
                break;
              }
              a3 = s2[i3 >> 1] | 0;
              a: do {
                switch (a3 << 16 >> 16) {
                  case 9:
                  case 10:
                  case 11:
                  case 12:
                  case 13:
                  case 32: {
                    if ((ra(a3) | 0) & (f2[146] | 0) != 0 ? (j(i3), (f2[146] | 0) == 0) : 0) f2[w3 + 10240 >> 2] = 0;
                    break;
                  }
                  case 101: {
                    if (((s2[565] | 0) == 0 ? Me(i3) | 0 : 0) ? (le(e3 + 4 | 0, 16, 10) | 0) == 0 : 0) if (l3() | 0) f2[145] = 232;
                    else c3 = 165;
                    else c3 = 162;
                    break;
                  }
                  case 105:
                    switch (s2[e3 + 4 >> 1] | 0) {
                      case 109: {
                        if (!(Me(i3) | 0)) {
                          c3 = 162;
                          break a;
                        }
                        if (le(e3 + 6 | 0, 26, 8) | 0) {
                          c3 = 162;
                          break a;
                        }
                        u2();
                        c3 = 165;
                        break a;
                      }
                      case 110: {
                        if (!(Me(i3) | 0)) {
                          c3 = 162;
                          break a;
                        }
                        if (!(g(1) | 0)) {
                          c3 = 162;
                          break a;
                        }
                        f2[145] = 232;
                        break a;
                      }
                      default: {
                        c3 = 162;
                        break a;
                      }
                    }
                  case 99: {
                    if ((s2[e3 + 4 >> 1] | 0) == 108 ? Me(i3) | 0 : 0) {
                      a3 = e3 + 6 | 0;
                      if ((le(a3, 36, 6) | 0) == 0 ? (o4 = e3 + 12 | 0, Oe(s2[o4 >> 1] | 0) | 0) : 0) f2[149] = o4;
                      if ((le(a3, 36, 6) | 0) == 0 ? qe(s2[e3 + 12 >> 1] | 0) | 0 : 0) {
                        r2[1139] = 1;
                        c3 = 162;
                      } else c3 = 162;
                    } else c3 = 162;
                    break;
                  }
                  case 102: {
                    if ((((s2[e3 + 4 >> 1] | 0) == 117 ? Me(i3) | 0 : 0) ? (le(e3 + 6 | 0, 202, 12) | 0) == 0 : 0) ? (h3 = e3 + 18 | 0, Oe(s2[h3 >> 1] | 0) | 0) : 0) {
                      f2[149] = h3;
                      c3 = 162;
                    } else c3 = 162;
                    break;
                  }
                  case 116: {
                    if (((s2[e3 + 4 >> 1] | 0) == 121 ? Me(i3) | 0 : 0) ? g(1) | 0 : 0) f2[145] = 232;
                    else c3 = 162;
                    break;
                  }
                  case 100: {
                    if (((s2[e3 + 4 >> 1] | 0) == 101 ? Me(i3) | 0 : 0) ? E() | 0 : 0) f2[145] = 232;
                    else c3 = 162;
                    break;
                  }
                  case 40: {
                    e3 = s2[565] | 0;
                    if (e3 << 16 >> 16 == 1024) {
                      c3 = 68;
                      break e;
                    }
                    i3 = f2[145] | 0;
                    c3 = f2[150] | 0;
                    f2[c3 + ((e3 & 65535) << 3) >> 2] = 1;
                    s2[565] = e3 + 1 << 16 >> 16;
                    f2[c3 + ((e3 & 65535) << 3) + 4 >> 2] = i3;
                    c3 = 165;
                    break;
                  }
                  case 91: {
                    e3 = s2[565] | 0;
                    if (e3 << 16 >> 16 == 1024) {
                      c3 = 71;
                      break e;
                    }
                    i3 = f2[145] | 0;
                    c3 = f2[150] | 0;
                    f2[c3 + ((e3 & 65535) << 3) >> 2] = 8;
                    s2[565] = e3 + 1 << 16 >> 16;
                    f2[c3 + ((e3 & 65535) << 3) + 4 >> 2] = i3;
                    c3 = 165;
                    break;
                  }
                  case 33: {
                    if ((s2[e3 + 4 >> 1] | 0) == 61) {
                      r2[1138] = 0;
                      c3 = 165;
                      break a;
                    }
                    c3 = A2() | 0;
                    r2[1138] = (c3 ^ 1) & 1;
                    if (c3) c3 = 165;
                    else {
                      a3 = f2[145] | 0;
                      e3 = i3;
                      do {
                        if (e3 >>> 0 <= a3 >>> 0) {
                          c3 = 165;
                          break a;
                        }
                        e3 = e3 + -2 | 0;
                        c3 = s2[e3 >> 1] | 0;
                      } while (!(ra(c3) | 0 | (c3 & -2) << 16 >> 16 == 8232));
                      r2[1138] = 0;
                      c3 = 165;
                    }
                    break;
                  }
                  case 60: {
                    a3 = f2[146] | 0;
                    if ((a3 + 1 | 0) >>> 0 > 1) {
                      f2[146] = a3 + 1;
                      c3 = 165;
                      break a;
                    }
                    if ((a3 | 0) == -1) {
                      if ((s2[e3 >> 1] | 0) == 60) {
                        f2[w3 + 10240 >> 2] = i3;
                        c3 = 165;
                        break a;
                      }
                      e3 = f2[145] | 0;
                      a3 = s2[e3 >> 1] | 0;
                      switch (a3 << 16 >> 16) {
                        case 45:
                        case 43: {
                          e3 = (s2[e3 + -2 >> 1] | 0) == a3 << 16 >> 16;
                          c3 = 88;
                          break;
                        }
                        default: {
                          e3 = a3 << 16 >> 16 == 33 & (r2[1138] & 1) != 0;
                          if (a3 << 16 >> 16 == 47) a3 = (r2[1137] ^ 1) & 255;
                          else c3 = 88;
                        }
                      }
                      if ((c3 | 0) == 88) a3 = (a3 << 16 >> 16 == 96 | (a3 << 16 >> 16 == 34 | (a3 << 16 >> 16 == 39 | ((a3 | 32) << 16 >> 16 == 125 | (a3 << 16 >> 16 == 41 | (Ie(a3) | 0)))))) & 1;
                      if (e3 | (a3 | 0) != 0 ? !(Q() | 0) : 0) if (!(Ue() | 0) ? !(ye() | 0) : 0) {
                        c3 = 165;
                        break a;
                      } else e3 = 1;
                      else e3 = 0;
                      te(e3);
                      c3 = 165;
                    } else c3 = 165;
                    break;
                  }
                  case 62: {
                    a3 = f2[146] | 0;
                    switch (a3 | 0) {
                      case 0:
                      case 1:
                      case -1: {
                        c3 = 165;
                        break a;
                      }
                      default: {
                      }
                    }
                    if ((s2[e3 >> 1] | 0) == 61) c3 = 165;
                    else {
                      f2[146] = a3 + -1;
                      c3 = 165;
                    }
                    break;
                  }
                  case 61: {
                    if ((f2[146] | 0) == 1 & (s2[565] | 0) == 0 ? (s2[e3 + 4 >> 1] | 0) != 62 : 0) {
                      f2[146] = -1;
                      f2[148] = i3;
                      c3 = 165;
                    } else c3 = 165;
                    break;
                  }
                  case 93: {
                    e3 = s2[565] | 0;
                    if (!(e3 << 16 >> 16)) {
                      c3 = 101;
                      break e;
                    }
                    s2[565] = e3 + -1 << 16 >> 16;
                    c3 = 165;
                    break;
                  }
                  case 44: {
                    i3 = s2[564] | 0;
                    a3 = s2[565] | 0;
                    if (!(i3 << 16 >> 16)) {
                      if (a3 << 16 >> 16) {
                        c3 = 165;
                        break a;
                      }
                    } else if (a3 << 16 >> 16) {
                      if ((f2[(f2[150] | 0) + ((a3 & 65535) + -1 << 3) >> 2] | 0) != 5) {
                        c3 = 165;
                        break a;
                      }
                      a3 = f2[(f2[151] | 0) + ((i3 & 65535) + -1 << 2) >> 2] | 0;
                      if (f2[a3 + 4 >> 2] | 0) {
                        c3 = 165;
                        break a;
                      }
                      c3 = f2[145] | 0;
                      f2[a3 + 4 >> 2] = c3 + 2;
                      if ((f2[a3 + 44 >> 2] | 0) != (c3 | 0)) f2[a3 + 36 >> 2] = 0;
                      f2[152] = e3 + 4;
                      L(1) | 0;
                      c3 = f2[152] | 0;
                      f2[a3 + 16 >> 2] = c3;
                      f2[152] = c3 + -2;
                      c3 = 165;
                      break a;
                    }
                    switch (f2[146] | 0) {
                      case 1:
                        break;
                      case -1: {
                        if (!(S(w3 + 10240 | 0) | 0)) {
                          c3 = 165;
                          break a;
                        }
                        break;
                      }
                      default: {
                        c3 = 165;
                        break a;
                      }
                    }
                    H();
                    c3 = 165;
                    break;
                  }
                  case 59: {
                    if ((f2[146] | 0) != 0 & (s2[565] | 0) == 0) {
                      f2[146] = 0;
                      f2[w3 + 10240 >> 2] = 0;
                      c3 = 165;
                    } else c3 = 165;
                    break;
                  }
                  case 41: {
                    a3 = s2[565] | 0;
                    if (!(a3 << 16 >> 16)) {
                      c3 = 117;
                      break e;
                    }
                    s2[565] = a3 + -1 << 16 >> 16;
                    i3 = s2[564] | 0;
                    if (i3 << 16 >> 16 != 0 ? (f2[(f2[150] | 0) + ((a3 + -1 & 65535) << 3) >> 2] | 0) == 5 : 0) {
                      a3 = f2[(f2[151] | 0) + ((i3 & 65535) + -1 << 2) >> 2] | 0;
                      if ((f2[a3 + 4 >> 2] | 0) == 0 ? (c3 = f2[145] | 0, f2[a3 + 4 >> 2] = c3 + 2, (f2[a3 + 44 >> 2] | 0) != (c3 | 0)) : 0) f2[a3 + 36 >> 2] = 0;
                      f2[a3 + 12 >> 2] = e3 + 4;
                      y2(a3);
                      s2[564] = (s2[564] | 0) + -1 << 16 >> 16;
                      c3 = 165;
                    } else c3 = 165;
                    break;
                  }
                  case 123: {
                    e3 = f2[145] | 0;
                    c3 = f2[132] | 0;
                    if ((s2[e3 >> 1] | 0) == 41 & (c3 | 0) != 0 ? (f2[c3 + 12 >> 2] | 0) == (e3 + 2 | 0) : 0) {
                      c3 = f2[133] | 0;
                      f2[132] = c3;
                      f2[((c3 | 0) == 0 ? 512 : c3 + 52 | 0) >> 2] = 0;
                      f2[136] = (f2[136] | 0) + -1;
                    }
                    a3 = s2[565] | 0;
                    if (a3 << 16 >> 16 == 1024) {
                      c3 = 128;
                      break e;
                    }
                    c3 = f2[150] | 0;
                    f2[c3 + ((a3 & 65535) << 3) >> 2] = (r2[1139] | 0) == 0 ? 2 : 6;
                    s2[565] = a3 + 1 << 16 >> 16;
                    f2[c3 + ((a3 & 65535) << 3) + 4 >> 2] = e3;
                    r2[1139] = 0;
                    c3 = 165;
                    break;
                  }
                  case 125: {
                    e3 = s2[565] | 0;
                    if (!(e3 << 16 >> 16)) {
                      c3 = 131;
                      break e;
                    }
                    c3 = f2[150] | 0;
                    s2[565] = e3 + -1 << 16 >> 16;
                    if ((f2[c3 + ((e3 + -1 & 65535) << 3) >> 2] | 0) == 4) {
                      a3 = s2[564] | 0;
                      if (a3 << 16 >> 16 ? (k3 = f2[(f2[151] | 0) + ((a3 & 65535) + -1 << 2) >> 2] | 0, (s2[k3 + 48 >> 1] | 0) == e3 + -1 << 16 >> 16 << 16 >> 16) : 0) {
                        Je(8);
                        c3 = f2[140] | 0;
                        f2[140] = c3 + 8;
                        f2[c3 >> 2] = (f2[152] | 0) + 2;
                        f2[c3 + 4 >> 2] = 0;
                        i3 = f2[k3 + 40 >> 2] | 0;
                        f2[((i3 | 0) == 0 ? k3 + 36 | 0 : i3 + 4 | 0) >> 2] = c3;
                        f2[k3 + 40 >> 2] = c3;
                      }
                      T();
                      c3 = 165;
                    } else c3 = 165;
                    break;
                  }
                  case 34:
                  case 39: {
                    X(a3);
                    c3 = 165;
                    break;
                  }
                  case 92: {
                    e3 = ue() | 0;
                    if (!e3) c3 = 162;
                    else {
                      if ((e3 | 0) < 0) {
                        c3 = 140;
                        break e;
                      }
                      f2[145] = i3;
                    }
                    break;
                  }
                  case 47: {
                    switch (s2[e3 + 4 >> 1] | 0) {
                      case 47: {
                        Se();
                        break;
                      }
                      case 42: {
                        V(1);
                        break;
                      }
                      default: {
                        if (A2() | 0) {
                          ce();
                          e3 = 0;
                        } else e3 = 1;
                        r2[1137] = e3;
                        c3 = 165;
                        break a;
                      }
                    }
                    if ((f2[146] | 0) != 0 & (s2[565] | 0) == 0) {
                      a3 = f2[152] | 0;
                      e3 = i3;
                      while (1) {
                        if (e3 >>> 0 > a3 >>> 0) break a;
                        if (ra(s2[e3 >> 1] | 0) | 0) break;
                        else e3 = e3 + 2 | 0;
                      }
                      i3 = ra(s2[a3 >> 1] | 0) | 0;
                      j(i3 ? a3 : a3 + 2 | 0);
                      if (!(f2[146] | 0)) f2[w3 + 10240 >> 2] = 0;
                    }
                    break;
                  }
                  case 96: {
                    e3 = s2[564] | 0;
                    if ((e3 << 16 >> 16 ? (n3 = f2[(f2[151] | 0) + ((e3 & 65535) + -1 << 2) >> 2] | 0, (f2[n3 + 4 >> 2] | 0) == 0) : 0) ? (f2[n3 >> 2] | 0) == (i3 | 0) : 0) s2[n3 + 48 >> 1] = (t2[565] | 0) + 1;
                    e3 = s2[565] | 0;
                    if (e3 << 16 >> 16 == 1024) {
                      c3 = 159;
                      break e;
                    }
                    i3 = f2[145] | 0;
                    c3 = f2[150] | 0;
                    f2[c3 + ((e3 & 65535) << 3) >> 2] = 3;
                    s2[565] = e3 + 1 << 16 >> 16;
                    f2[c3 + ((e3 & 65535) << 3) + 4 >> 2] = i3;
                    T();
                    c3 = 165;
                    break;
                  }
                  default:
                    if ((a3 & 65535) > 127 & a3 << 16 >> 16 != 160 | (a3 << 16 >> 16 == 92 | (a3 << 16 >> 16 == 95 | (a3 << 16 >> 16 == 36 | ((a3 + -48 & 65535) < 10 | ((a3 | 32) + -97 & 65535) < 26))))) c3 = 162;
                    else c3 = 165;
                }
              } while (0);
              a: do {
                if ((c3 | 0) == 162) {
                  e3 = f2[152] | 0;
                  while (1) {
                    e3 = e3 + 2 | 0;
                    c3 = s2[e3 >> 1] | 0;
                    if (!((c3 & 65535) > 127 & c3 << 16 >> 16 != 160 | (c3 << 16 >> 16 == 92 | (c3 << 16 >> 16 == 95 | (c3 << 16 >> 16 == 36 | ((c3 + -48 & 65535) < 10 | ((c3 | 32) + -97 & 65535) < 26)))))) {
                      c3 = 165;
                      break a;
                    }
                    f2[152] = e3;
                  }
                }
              } while (0);
              if ((c3 | 0) == 165) {
                c3 = 0;
                f2[145] = f2[152];
              }
              e3 = f2[152] | 0;
            }
            if ((c3 | 0) == 68) {
              Le();
              e3 = 0;
              break;
            } else if ((c3 | 0) == 71) {
              Le();
              e3 = 0;
              break;
            } else if ((c3 | 0) == 101) {
              Le();
              e3 = 0;
              break;
            } else if ((c3 | 0) == 117) {
              Le();
              e3 = 0;
              break;
            } else if ((c3 | 0) == 128) {
              Le();
              e3 = 0;
              break;
            } else if ((c3 | 0) == 131) {
              Le();
              e3 = 0;
              break;
            } else if ((c3 | 0) == 140) {
              Le();
              e3 = 0;
              break;
            } else if ((c3 | 0) == 159) {
              Le();
              e3 = 0;
              break;
            } else if ((c3 | 0) == 166) {
              if (!((r2[1133] | 0) == 0 ? (s2[564] | s2[565]) << 16 >> 16 == 0 : 0)) {
                e3 = 0;
                break;
              }
              if (f2[137] | 0 ? (O(), r2[1133] | 0) : 0) {
                e3 = 0;
                break;
              }
              e3 = 1;
              break;
            }
          }
        } while (0);
        b2 = w3;
        return e3 | 0;
      }
      function l3() {
        var e3 = 0, a3 = 0, i3 = 0, c3 = 0, t3 = 0, b3 = 0, k3 = 0, l4 = 0, n3 = 0, u3 = 0, o4 = 0, w3 = 0, v3 = 0, p3 = 0;
        o4 = f2[152] | 0;
        p3 = f2[134] | 0;
        f2[152] = o4 + 12;
        e3 = L(1) | 0;
        i3 = f2[152] | 0;
        if ((i3 | 0) == (o4 + 12 | 0) ? !(ne(e3) | 0) : 0) e3 = 0;
        else n3 = 3;
        e: do {
          if ((n3 | 0) == 3) {
            f2[135] = o4;
            a: do {
              switch (e3 << 16 >> 16) {
                case 116: {
                  if ((s2[i3 >> 1] | 0) == 116 ? (le(i3 + 2 | 0, 234, 6) | 0) == 0 : 0) {
                    a3 = s2[i3 + 8 >> 1] | 0;
                    if (!(qe(a3) | 0)) switch (a3 << 16 >> 16) {
                      case 42:
                      case 47:
                      case 123:
                        break;
                      default: {
                        n3 = 12;
                        break a;
                      }
                    }
                    f2[152] = i3 + 8;
                    e3 = L(1) | 0;
                    switch (e3 << 16 >> 16) {
                      case 42:
                      case 123: {
                        u3 = 1;
                        n3 = 13;
                        break a;
                      }
                      default: {
                      }
                    }
                    f2[152] = i3;
                    if (g(0) | 0) {
                      e3 = 1;
                      break e;
                    }
                    r2[1136] = 0;
                    e3 = 0;
                    break e;
                  } else n3 = 12;
                  break;
                }
                case 105: {
                  if (g(0) | 0) {
                    e3 = 1;
                    break e;
                  } else n3 = 12;
                  break;
                }
                default: {
                  u3 = 0;
                  n3 = 13;
                }
              }
            } while (0);
            a: do {
              if ((n3 | 0) == 12) {
                r2[1136] = 0;
                n3 = 55;
              } else if ((n3 | 0) == 13) {
                i: do {
                  switch (e3 << 16 >> 16) {
                    case 123: {
                      f2[152] = (f2[152] | 0) + 2;
                      e3 = L(1) | 0;
                      while (1) {
                        r: do {
                          if (!u3) if (e3 << 16 >> 16 == 116) {
                            c3 = f2[152] | 0;
                            if ((s2[c3 >> 1] | 0) == 116 ? (le(c3 + 2 | 0, 234, 6) | 0) == 0 : 0) {
                              e3 = s2[c3 + 8 >> 1] | 0;
                              if (!(qe(e3) | 0)) switch (e3 << 16 >> 16) {
                                case 42:
                                case 47:
                                case 123:
                                  break;
                                default: {
                                  c3 = 0;
                                  e3 = 116;
                                  break r;
                                }
                              }
                              f2[152] = c3 + 8;
                              e3 = L(1) | 0;
                              s: do {
                                switch (e3 << 16 >> 16) {
                                  case 97: {
                                    i3 = f2[152] | 0;
                                    if ((s2[i3 + 2 >> 1] | 0) != 115) {
                                      c3 = 1;
                                      e3 = 97;
                                      break r;
                                    }
                                    if (!(Oe(s2[i3 + 4 >> 1] | 0) | 0)) {
                                      c3 = 1;
                                      e3 = 97;
                                      break r;
                                    }
                                    f2[152] = i3 + 4;
                                    e3 = L(1) | 0;
                                    if (e3 << 16 >> 16 != 97) {
                                      f2[152] = i3;
                                      switch (e3 << 16 >> 16) {
                                        case 44:
                                        case 125: {
                                          c3 = 1;
                                          e3 = 97;
                                          break r;
                                        }
                                        default:
                                          break s;
                                      }
                                    }
                                    e3 = f2[152] | 0;
                                    if ((s2[e3 + 2 >> 1] | 0) == 115 ? Oe(s2[e3 + 4 >> 1] | 0) | 0 : 0) {
                                      f2[152] = e3 + 4;
                                      a3 = L(1) | 0;
                                      f: do {
                                        if (a3 << 16 >> 16 == 92 | (a3 + -48 & 65535) < 10) e3 = 1;
                                        else {
                                          c: do {
                                            if (((a3 & -33) + -65 & 65535) >= 26) {
                                              switch (a3 << 16 >> 16) {
                                                case 36:
                                                case 92:
                                                case 95:
                                                  break c;
                                                default: {
                                                }
                                              }
                                              e3 = (a3 & 65535) < 128;
                                              break f;
                                            }
                                          } while (0);
                                          f2[152] = i3;
                                          c3 = 1;
                                          e3 = 97;
                                          break r;
                                        }
                                      } while (0);
                                      f2[152] = i3;
                                      if (a3 << 16 >> 16 != 92 & e3) break s;
                                      else {
                                        c3 = 1;
                                        e3 = 97;
                                        break r;
                                      }
                                    }
                                    f2[152] = i3;
                                    break;
                                  }
                                  case 44:
                                  case 125:
                                    break;
                                  default: {
                                    c3 = 1;
                                    break r;
                                  }
                                }
                              } while (0);
                              f2[152] = c3;
                              c3 = 0;
                              e3 = 116;
                            } else {
                              c3 = 0;
                              e3 = 116;
                            }
                          } else c3 = 0;
                          else c3 = 1;
                        } while (0);
                        i3 = f2[152] | 0;
                        if (ia(e3) | 0) {
                          X(e3);
                          e3 = (f2[152] | 0) + 2 | 0;
                          f2[152] = e3;
                        } else {
                          ie(e3) | 0;
                          e3 = f2[152] | 0;
                        }
                        L(1) | 0;
                        n3 = f2[134] | 0;
                        e3 = ee(i3, e3) | 0;
                        a3 = f2[134] | 0;
                        if (!((a3 | 0) == (n3 | 0) | c3 & (a3 | 0) != 0 ^ 1)) r2[a3 + 25 >> 0] = r2[a3 + 25 >> 0] | 4;
                        if (e3 << 16 >> 16 == 44) {
                          f2[152] = (f2[152] | 0) + 2;
                          e3 = L(1) | 0;
                        }
                        if (e3 << 16 >> 16 == 125) {
                          n3 = 46;
                          break;
                        }
                        n3 = f2[152] | 0;
                        if ((n3 | 0) == (i3 | 0) | n3 >>> 0 > (f2[153] | 0) >>> 0) {
                          n3 = 45;
                          break;
                        }
                      }
                      if ((n3 | 0) == 45) {
                        Le();
                        e3 = 0;
                        break e;
                      } else if ((n3 | 0) == 46) {
                        r2[1134] = 1;
                        f2[152] = (f2[152] | 0) + 2;
                        a3 = L(1) | 0;
                        i3 = 0;
                        c3 = 1;
                        t3 = 0;
                        break i;
                      }
                      break;
                    }
                    case 42: {
                      t3 = f2[152] | 0;
                      f2[152] = t3 + 2;
                      L(1) | 0;
                      a3 = f2[152] | 0;
                      ee(a3, a3) | 0;
                      a3 = L(1) | 0;
                      i3 = (f2[134] | 0) == (p3 | 0);
                      c3 = 0;
                      break;
                    }
                    default: {
                      r2[1136] = 0;
                      switch (e3 << 16 >> 16) {
                        case 100: {
                          e3 = f2[152] | 0;
                          if (le(e3 + 2 | 0, 382, 12) | 0) {
                            n3 = 58;
                            break a;
                          }
                          p3 = s2[e3 + 14 >> 1] | 0;
                          if (!(p3 << 16 >> 16 == 47 | (qe(p3) | 0))) {
                            n3 = 58;
                            break a;
                          }
                          f2[152] = e3 + 14;
                          h2();
                          e3 = 1;
                          break e;
                        }
                        case 97: {
                          e3 = f2[152] | 0;
                          if (le(e3, 334, 16) | 0) {
                            n3 = 78;
                            break a;
                          }
                          p3 = s2[e3 + 16 >> 1] | 0;
                          if (!(p3 << 16 >> 16 == 47 | (qe(p3) | 0))) {
                            n3 = 78;
                            break a;
                          }
                          f2[152] = e3 + 16;
                          e3 = L(1) | 0;
                          n3 = 55;
                          break a;
                        }
                        default: {
                          n3 = 55;
                          break a;
                        }
                      }
                    }
                  }
                } while (0);
                i: do {
                  if (u3) {
                    e3 = (p3 | 0) == 0 ? 516 : p3 + 32 | 0;
                    while (1) {
                      e3 = f2[e3 >> 2] | 0;
                      if (!e3) break i;
                      r2[e3 + 25 >> 0] = r2[e3 + 25 >> 0] | 4;
                      e3 = e3 + 32 | 0;
                    }
                  }
                } while (0);
                if (a3 << 16 >> 16 == 102 ? (w3 = f2[152] | 0, (le(w3 + 2 | 0, 42, 6) | 0) == 0) : 0) {
                  f2[152] = w3 + 8;
                  d2(o4, L(1) | 0, 0);
                  if (r2[1133] | 0) {
                    e3 = 0;
                    break e;
                  }
                  if (i3) {
                    f2[(f2[132] | 0) + 28 >> 2] = 8;
                    se(t3, t3 + 2 | 0, 0, 0);
                    e3 = f2[134] | 0;
                    r2[e3 + 24 >> 0] = 3;
                    if (u3) {
                      r2[e3 + 25 >> 0] = r2[e3 + 25 >> 0] | 4;
                      n3 = 99;
                    }
                  } else n3 = 99;
                  if ((n3 | 0) == 99 ? (v3 = f2[132] | 0, u3 & (v3 | 0) != 0) : 0) r2[v3 + 25 >> 0] = 1;
                  a3 = (f2[136] | 0) + -1 | 0;
                  e3 = (p3 | 0) == 0 ? 516 : p3 + 32 | 0;
                  while (1) {
                    e3 = f2[e3 >> 2] | 0;
                    if (!e3) {
                      e3 = 0;
                      break e;
                    }
                    f2[e3 + 20 >> 2] = a3;
                    if ((r2[e3 + 24 >> 0] | 0) != 3) {
                      r2[e3 + 24 >> 0] = 2;
                      r2[e3 + 25 >> 0] = ((f2[e3 + 8 >> 2] | 0) == 0 ? 2 : 0) | r2[e3 + 25 >> 0] & 4;
                    }
                    e3 = e3 + 32 | 0;
                  }
                }
                i: do {
                  if (c3) {
                    e3 = (p3 | 0) == 0 ? 516 : p3 + 32 | 0;
                    while (1) {
                      e3 = f2[e3 >> 2] | 0;
                      if (!e3) break i;
                      r2[e3 + 24 >> 0] = 4;
                      f2[137] = (f2[137] | 0) + 1;
                      e3 = e3 + 32 | 0;
                    }
                  }
                } while (0);
                f2[152] = (f2[152] | 0) + -2;
                e3 = 0;
                break e;
              }
            } while (0);
            a: do {
              if ((n3 | 0) == 55) {
                switch (e3 << 16 >> 16) {
                  case 100: {
                    n3 = 58;
                    break a;
                  }
                  case 97: {
                    n3 = 78;
                    break a;
                  }
                  case 102:
                    break a;
                  case 110:
                  case 101: {
                    if ($(e3) | 0) {
                      e3 = 0;
                      break e;
                    }
                    switch (e3 << 16 >> 16) {
                      case 102:
                        break a;
                      case 108:
                        break;
                      default: {
                        e3 = 0;
                        break e;
                      }
                    }
                    break;
                  }
                  case 99: {
                    e3 = f2[152] | 0;
                    if ((le(e3 + 2 | 0, 34, 8) | 0) == 0 ? Oe(s2[e3 + 10 >> 1] | 0) | 0 : 0) {
                      f2[152] = e3 + 10;
                      e3 = L(1) | 0;
                      p3 = f2[152] | 0;
                      _(e3) | 0;
                      e3 = f2[152] | 0;
                      se(p3, e3, p3, e3);
                      f2[152] = (f2[152] | 0) + -2;
                      e3 = 0;
                      break e;
                    }
                    f2[152] = e3 + 4;
                    break;
                  }
                  case 108:
                  case 118:
                    break;
                  default: {
                    e3 = 0;
                    break e;
                  }
                }
                f2[152] = (f2[152] | 0) + 6;
                r2[1136] = 0;
                e3 = L(1) | 0;
                switch (e3 << 16 >> 16) {
                  case 110:
                  case 101: {
                    if ($(e3) | 0) {
                      e3 = 0;
                      break e;
                    }
                    break;
                  }
                  default: {
                  }
                }
                f2[152] = (f2[152] | 0) + -2;
                H();
                e3 = 0;
                break e;
              }
            } while (0);
            if ((n3 | 0) == 58) {
              i3 = f2[152] | 0;
              f2[152] = i3 + 14;
              switch ((L(1) | 0) << 16 >> 16) {
                case 105: {
                  a3 = f2[134] | 0;
                  if (g(0) | 0) {
                    e3 = f2[134] | 0;
                    if ((e3 | 0) == (a3 | 0)) {
                      se(i3, i3 + 14 | 0, 0, 0);
                      e3 = (f2[134] | 0) + 25 | 0;
                      r2[e3 >> 0] = r2[e3 >> 0] | 4;
                      e3 = 1;
                      break e;
                    } else {
                      f2[e3 >> 2] = i3;
                      f2[(f2[134] | 0) + 4 >> 2] = i3 + 14;
                      e3 = 1;
                      break e;
                    }
                  }
                  break;
                }
                case 97: {
                  e3 = f2[152] | 0;
                  if ((le(e3 + 2 | 0, 192, 8) | 0) == 0 ? Pe(s2[e3 + 10 >> 1] | 0) | 0 : 0) {
                    f2[152] = e3 + 10;
                    L(0) | 0;
                    n3 = 66;
                  }
                  break;
                }
                case 102: {
                  n3 = 66;
                  break;
                }
                case 99: {
                  e3 = f2[152] | 0;
                  if (((le(e3 + 2 | 0, 34, 8) | 0) == 0 ? (p3 = s2[e3 + 10 >> 1] | 0, qe(p3) | 0 | p3 << 16 >> 16 == 123) : 0) ? (f2[152] = e3 + 10, c3 = L(1) | 0, c3 << 16 >> 16 != 123) : 0) {
                    l4 = c3;
                    n3 = 75;
                  }
                  break;
                }
                default: {
                }
              }
              a: do {
                if ((n3 | 0) == 66 ? (t3 = f2[152] | 0, (le(t3 + 2 | 0, 200, 14) | 0) == 0) : 0) {
                  e3 = s2[t3 + 16 >> 1] | 0;
                  if (!(qe(e3) | 0)) switch (e3 << 16 >> 16) {
                    case 40:
                    case 42:
                      break;
                    default:
                      break a;
                  }
                  f2[152] = t3 + 16;
                  e3 = L(1) | 0;
                  if (e3 << 16 >> 16 == 42) {
                    f2[152] = (f2[152] | 0) + 2;
                    e3 = L(1) | 0;
                  }
                  if (e3 << 16 >> 16 != 40) {
                    l4 = e3;
                    n3 = 75;
                  }
                }
              } while (0);
              if ((n3 | 0) == 75 ? (b3 = f2[152] | 0, _(l4) | 0, k3 = f2[152] | 0, k3 >>> 0 > b3 >>> 0) : 0) {
                se(i3, i3 + 14 | 0, b3, k3);
                f2[152] = (f2[152] | 0) + -2;
                e3 = 0;
                break;
              }
              se(i3, i3 + 14 | 0, 0, 0);
              f2[152] = i3 + 12;
              e3 = 0;
              break;
            } else if ((n3 | 0) == 78) {
              f2[152] = (f2[152] | 0) + 10;
              L(0) | 0;
            }
            f2[152] = (f2[152] | 0) + 16;
            e3 = L(1) | 0;
            if (e3 << 16 >> 16 == 42) {
              f2[152] = (f2[152] | 0) + 2;
              e3 = L(1) | 0;
            }
            p3 = f2[152] | 0;
            _(e3) | 0;
            e3 = f2[152] | 0;
            se(p3, e3, p3, e3);
            f2[152] = (f2[152] | 0) + -2;
            e3 = 0;
          }
        } while (0);
        return e3 | 0;
      }
      function n2(e3, a3) {
        e3 = e3 | 0;
        a3 = a3 | 0;
        var i3 = 0, c3 = 0, k3 = 0, n3 = 0, o4 = 0, h3 = 0, d3 = 0, v3 = 0, p3 = 0, m3 = 0, C2 = 0, x2 = 0, O2 = 0;
        O2 = b2;
        b2 = b2 + 16 | 0;
        v3 = s2[565] | 0;
        f2[O2 >> 2] = 0;
        f2[145] = f2[152];
        d3 = 0;
        c3 = 0;
        e: while (1) {
          o4 = d3 & e3;
          do {
            k3 = f2[153] | 0;
            n3 = f2[152] | 0;
            do {
              i3 = n3;
              n3 = n3 + 2 | 0;
              if (i3 >>> 0 >= k3 >>> 0) {
                h3 = 160;
                break e;
              }
              i3 = s2[n3 >> 1] | 0;
            } while (Pe(i3) | 0);
            f2[152] = n3;
            if ((s2[565] | 0) == v3 << 16 >> 16) {
              switch (i3 << 16 >> 16) {
                case 125:
                case 93:
                case 41:
                case 59: {
                  h3 = 161;
                  break e;
                }
                case 44: {
                  if (c3 | 0) oe(c3);
                  if (!(a3 << 16 >> 16)) {
                    c3 = 0;
                    i3 = 44;
                    h3 = 161;
                    break e;
                  }
                  if ((f2[152] | 0) >>> 0 >= (f2[147] | 0) >>> 0 ? w2(a3) | 0 : 0) {
                    c3 = 0;
                    i3 = 44;
                    h3 = 161;
                    break e;
                  } else c3 = 0;
                  break;
                }
                default: {
                }
              }
              if (o4 ? ra(i3) | 0 : 0) {
                h3 = 161;
                break e;
              }
            }
          } while (ra(i3) | 0);
          f2[O2 >> 2] = c3;
          n3 = f2[145] | 0;
          a: do {
            switch (i3 << 16 >> 16) {
              case 101: {
                if (((s2[565] | 0) == 0 ? (p3 = f2[152] | 0, Me(p3) | 0) : 0) ? (le(p3 + 2 | 0, 16, 10) | 0) == 0 : 0) if (l3() | 0) f2[145] = 232;
                else h3 = 150;
                else h3 = 147;
                break;
              }
              case 105: {
                c3 = f2[152] | 0;
                switch (s2[c3 + 2 >> 1] | 0) {
                  case 109: {
                    if (!(Me(c3) | 0)) {
                      h3 = 147;
                      break a;
                    }
                    if (le(c3 + 4 | 0, 26, 8) | 0) {
                      h3 = 147;
                      break a;
                    }
                    u2();
                    h3 = 150;
                    break a;
                  }
                  case 110: {
                    if (!(Me(c3) | 0)) {
                      h3 = 147;
                      break a;
                    }
                    if (!(g(1) | 0)) {
                      h3 = 147;
                      break a;
                    }
                    f2[145] = 232;
                    break a;
                  }
                  default: {
                    h3 = 147;
                    break a;
                  }
                }
              }
              case 99: {
                c3 = f2[152] | 0;
                if ((s2[c3 + 2 >> 1] | 0) == 108) {
                  if ((Me(c3) | 0 ? (le(c3 + 4 | 0, 36, 6) | 0) == 0 : 0) ? Oe(s2[c3 + 10 >> 1] | 0) | 0 : 0) f2[149] = c3 + 10;
                  if ((Me(c3) | 0 ? (le(c3 + 4 | 0, 36, 6) | 0) == 0 : 0) ? qe(s2[c3 + 10 >> 1] | 0) | 0 : 0) {
                    r2[1139] = 1;
                    h3 = 147;
                  } else h3 = 147;
                } else h3 = 147;
                break;
              }
              case 102: {
                c3 = f2[152] | 0;
                if ((((s2[c3 + 2 >> 1] | 0) == 117 ? Me(c3) | 0 : 0) ? (le(c3 + 4 | 0, 202, 12) | 0) == 0 : 0) ? Oe(s2[c3 + 16 >> 1] | 0) | 0 : 0) {
                  f2[149] = c3 + 16;
                  h3 = 147;
                } else h3 = 147;
                break;
              }
              case 116: {
                c3 = f2[152] | 0;
                if (((s2[c3 + 2 >> 1] | 0) == 121 ? Me(c3) | 0 : 0) ? g(1) | 0 : 0) f2[145] = 232;
                else h3 = 147;
                break;
              }
              case 100: {
                c3 = f2[152] | 0;
                if (((s2[c3 + 2 >> 1] | 0) == 101 ? Me(c3) | 0 : 0) ? E() | 0 : 0) f2[145] = 232;
                else h3 = 147;
                break;
              }
              case 40: {
                c3 = s2[565] | 0;
                if (c3 << 16 >> 16 == 1024) {
                  Le();
                  break a;
                } else {
                  h3 = f2[150] | 0;
                  f2[h3 + ((c3 & 65535) << 3) >> 2] = 1;
                  s2[565] = c3 + 1 << 16 >> 16;
                  f2[h3 + ((c3 & 65535) << 3) + 4 >> 2] = n3;
                  h3 = 150;
                  break a;
                }
              }
              case 91: {
                c3 = s2[565] | 0;
                if (c3 << 16 >> 16 == 1024) {
                  Le();
                  break a;
                } else {
                  h3 = f2[150] | 0;
                  f2[h3 + ((c3 & 65535) << 3) >> 2] = 8;
                  s2[565] = c3 + 1 << 16 >> 16;
                  f2[h3 + ((c3 & 65535) << 3) + 4 >> 2] = n3;
                  h3 = 150;
                  break a;
                }
              }
              case 33: {
                c3 = f2[152] | 0;
                if ((s2[c3 + 2 >> 1] | 0) == 61) {
                  r2[1138] = 0;
                  h3 = 150;
                  break a;
                }
                h3 = A2() | 0;
                r2[1138] = (h3 ^ 1) & 1;
                if (h3) h3 = 150;
                else {
                  do {
                    if (c3 >>> 0 <= n3 >>> 0) {
                      h3 = 150;
                      break a;
                    }
                    c3 = c3 + -2 | 0;
                    h3 = s2[c3 >> 1] | 0;
                  } while (!(ra(h3) | 0 | (h3 & -2) << 16 >> 16 == 8232));
                  r2[1138] = 0;
                  h3 = 150;
                }
                break;
              }
              case 60: {
                c3 = f2[146] | 0;
                if ((c3 + 1 | 0) >>> 0 > 1) {
                  f2[146] = c3 + 1;
                  h3 = 150;
                  break a;
                }
                if (a3 << 16 >> 16 != 0 | (c3 | 0) == -1) {
                  c3 = f2[152] | 0;
                  if ((s2[c3 + -2 >> 1] | 0) == 60) {
                    f2[O2 >> 2] = c3;
                    h3 = 150;
                    break a;
                  }
                  k3 = s2[n3 >> 1] | 0;
                  switch (k3 << 16 >> 16) {
                    case 45:
                    case 43: {
                      c3 = (s2[n3 + -2 >> 1] | 0) == k3 << 16 >> 16;
                      h3 = 73;
                      break;
                    }
                    default: {
                      c3 = k3 << 16 >> 16 == 33 & (r2[1138] & 1) != 0;
                      if (k3 << 16 >> 16 == 47) k3 = (r2[1137] ^ 1) & 255;
                      else h3 = 73;
                    }
                  }
                  if ((h3 | 0) == 73) k3 = (k3 << 16 >> 16 == 96 | (k3 << 16 >> 16 == 34 | (k3 << 16 >> 16 == 39 | ((k3 | 32) << 16 >> 16 == 125 | (k3 << 16 >> 16 == 41 | (Ie(k3) | 0)))))) & 1;
                  if (c3 | (k3 | 0) != 0 ? !(Q() | 0) : 0) if (!(Ue() | 0) ? !(ye() | 0) : 0) {
                    h3 = 150;
                    break a;
                  } else c3 = 1;
                  else c3 = 0;
                  te(c3);
                  h3 = 150;
                } else h3 = 150;
                break;
              }
              case 62: {
                c3 = f2[146] | 0;
                switch (c3 | 0) {
                  case 0:
                  case 1:
                  case -1: {
                    h3 = 150;
                    break a;
                  }
                  default: {
                  }
                }
                if ((s2[(f2[152] | 0) + -2 >> 1] | 0) == 61) h3 = 150;
                else {
                  f2[146] = c3 + -1;
                  h3 = 150;
                }
                break;
              }
              case 61: {
                if ((f2[146] | 0) == 1 & (s2[565] | 0) == 0 ? (C2 = f2[152] | 0, (s2[C2 + 2 >> 1] | 0) != 62) : 0) {
                  f2[146] = -1;
                  f2[148] = C2;
                  h3 = 150;
                } else h3 = 150;
                break;
              }
              case 93: {
                c3 = s2[565] | 0;
                if (!(c3 << 16 >> 16)) {
                  Le();
                  break a;
                } else {
                  s2[565] = c3 + -1 << 16 >> 16;
                  h3 = 150;
                  break a;
                }
              }
              case 44: {
                k3 = s2[564] | 0;
                c3 = s2[565] | 0;
                if (!(k3 << 16 >> 16)) {
                  if (c3 << 16 >> 16) {
                    h3 = 150;
                    break a;
                  }
                } else if (c3 << 16 >> 16) {
                  if ((f2[(f2[150] | 0) + ((c3 & 65535) + -1 << 3) >> 2] | 0) != 5) {
                    h3 = 150;
                    break a;
                  }
                  c3 = f2[(f2[151] | 0) + ((k3 & 65535) + -1 << 2) >> 2] | 0;
                  if (f2[c3 + 4 >> 2] | 0) {
                    h3 = 150;
                    break a;
                  }
                  f2[c3 + 4 >> 2] = n3 + 2;
                  if ((f2[c3 + 44 >> 2] | 0) != (n3 | 0)) f2[c3 + 36 >> 2] = 0;
                  f2[152] = (f2[152] | 0) + 2;
                  L(1) | 0;
                  h3 = f2[152] | 0;
                  f2[c3 + 16 >> 2] = h3;
                  f2[152] = h3 + -2;
                  h3 = 150;
                  break a;
                }
                switch (f2[146] | 0) {
                  case 1:
                    break;
                  case -1: {
                    if (!(S(O2) | 0)) {
                      h3 = 150;
                      break a;
                    }
                    break;
                  }
                  default: {
                    h3 = 150;
                    break a;
                  }
                }
                H();
                h3 = 150;
                break;
              }
              case 59: {
                if ((f2[146] | 0) != 0 & (s2[565] | 0) == 0) {
                  f2[146] = 0;
                  f2[O2 >> 2] = 0;
                  h3 = 150;
                } else h3 = 150;
                break;
              }
              case 41: {
                k3 = s2[565] | 0;
                if (!(k3 << 16 >> 16)) {
                  Le();
                  break a;
                }
                s2[565] = k3 + -1 << 16 >> 16;
                c3 = s2[564] | 0;
                if (c3 << 16 >> 16 != 0 ? (f2[(f2[150] | 0) + ((k3 + -1 & 65535) << 3) >> 2] | 0) == 5 : 0) {
                  c3 = f2[(f2[151] | 0) + ((c3 & 65535) + -1 << 2) >> 2] | 0;
                  if ((f2[c3 + 4 >> 2] | 0) == 0 ? (f2[c3 + 4 >> 2] = n3 + 2, (f2[c3 + 44 >> 2] | 0) != (n3 | 0)) : 0) f2[c3 + 36 >> 2] = 0;
                  f2[c3 + 12 >> 2] = (f2[152] | 0) + 2;
                  y2(c3);
                  s2[564] = (s2[564] | 0) + -1 << 16 >> 16;
                  h3 = 150;
                } else h3 = 150;
                break;
              }
              case 123: {
                o4 = f2[132] | 0;
                if ((s2[n3 >> 1] | 0) == 41 & (o4 | 0) != 0 ? (f2[o4 + 12 >> 2] | 0) == (n3 + 2 | 0) : 0) {
                  o4 = f2[133] | 0;
                  f2[132] = o4;
                  f2[((o4 | 0) == 0 ? 512 : o4 + 52 | 0) >> 2] = 0;
                  f2[136] = (f2[136] | 0) + -1;
                }
                c3 = s2[565] | 0;
                if (c3 << 16 >> 16 == 1024) {
                  Le();
                  break a;
                } else {
                  h3 = f2[150] | 0;
                  f2[h3 + ((c3 & 65535) << 3) >> 2] = (r2[1139] | 0) == 0 ? 2 : 6;
                  s2[565] = c3 + 1 << 16 >> 16;
                  f2[h3 + ((c3 & 65535) << 3) + 4 >> 2] = n3;
                  r2[1139] = 0;
                  h3 = 150;
                  break a;
                }
              }
              case 125: {
                k3 = s2[565] | 0;
                if (!(k3 << 16 >> 16)) {
                  Le();
                  break a;
                }
                h3 = f2[150] | 0;
                s2[565] = k3 + -1 << 16 >> 16;
                if ((f2[h3 + ((k3 + -1 & 65535) << 3) >> 2] | 0) == 4) {
                  c3 = s2[564] | 0;
                  if (c3 << 16 >> 16 ? (x2 = f2[(f2[151] | 0) + ((c3 & 65535) + -1 << 2) >> 2] | 0, (s2[x2 + 48 >> 1] | 0) == k3 + -1 << 16 >> 16 << 16 >> 16) : 0) {
                    Je(8);
                    h3 = f2[140] | 0;
                    f2[140] = h3 + 8;
                    f2[h3 >> 2] = (f2[152] | 0) + 2;
                    f2[h3 + 4 >> 2] = 0;
                    o4 = f2[x2 + 40 >> 2] | 0;
                    f2[((o4 | 0) == 0 ? x2 + 36 | 0 : o4 + 4 | 0) >> 2] = h3;
                    f2[x2 + 40 >> 2] = h3;
                  }
                  T();
                  h3 = 150;
                } else h3 = 150;
                break;
              }
              case 34:
              case 39: {
                X(i3);
                h3 = 150;
                break;
              }
              case 92: {
                c3 = f2[152] | 0;
                k3 = ue() | 0;
                if (k3) if ((k3 | 0) < 0) {
                  Le();
                  break a;
                } else {
                  f2[145] = c3;
                  break a;
                }
                else h3 = 147;
                break;
              }
              case 47: {
                c3 = f2[152] | 0;
                switch (s2[c3 + 2 >> 1] | 0) {
                  case 47: {
                    Se();
                    break;
                  }
                  case 42: {
                    V(1);
                    break;
                  }
                  default: {
                    if (A2() | 0) {
                      ce();
                      c3 = 0;
                    } else c3 = 1;
                    r2[1137] = c3;
                    h3 = 150;
                    break a;
                  }
                }
                if ((f2[146] | 0) != 0 & (s2[565] | 0) == 0) {
                  k3 = f2[152] | 0;
                  while (1) {
                    if (c3 >>> 0 > k3 >>> 0) break a;
                    if (ra(s2[c3 >> 1] | 0) | 0) break;
                    else c3 = c3 + 2 | 0;
                  }
                  o4 = ra(s2[k3 >> 1] | 0) | 0;
                  j(o4 ? k3 : k3 + 2 | 0);
                  if (!(f2[146] | 0)) f2[O2 >> 2] = 0;
                }
                break;
              }
              case 96: {
                c3 = s2[564] | 0;
                if ((c3 << 16 >> 16 ? (m3 = f2[(f2[151] | 0) + ((c3 & 65535) + -1 << 2) >> 2] | 0, (f2[m3 + 4 >> 2] | 0) == 0) : 0) ? (f2[m3 >> 2] | 0) == (f2[152] | 0) : 0) s2[m3 + 48 >> 1] = (t2[565] | 0) + 1;
                c3 = s2[565] | 0;
                if (c3 << 16 >> 16 == 1024) {
                  Le();
                  break a;
                } else {
                  h3 = f2[150] | 0;
                  f2[h3 + ((c3 & 65535) << 3) >> 2] = 3;
                  s2[565] = c3 + 1 << 16 >> 16;
                  f2[h3 + ((c3 & 65535) << 3) + 4 >> 2] = n3;
                  T();
                  h3 = 150;
                  break a;
                }
              }
              default:
                if ((i3 & 65535) > 127 & i3 << 16 >> 16 != 160 | (i3 << 16 >> 16 == 92 | (i3 << 16 >> 16 == 95 | (i3 << 16 >> 16 == 36 | ((i3 + -48 & 65535) < 10 | ((i3 | 32) + -97 & 65535) < 26))))) h3 = 147;
                else h3 = 150;
            }
          } while (0);
          a: do {
            if ((h3 | 0) == 147) {
              c3 = f2[152] | 0;
              while (1) {
                c3 = c3 + 2 | 0;
                h3 = s2[c3 >> 1] | 0;
                if (!((h3 & 65535) > 127 & h3 << 16 >> 16 != 160 | (h3 << 16 >> 16 == 92 | (h3 << 16 >> 16 == 95 | (h3 << 16 >> 16 == 36 | ((h3 + -48 & 65535) < 10 | ((h3 | 32) + -97 & 65535) < 26)))))) {
                  h3 = 150;
                  break a;
                }
                f2[152] = c3;
              }
            }
          } while (0);
          if ((h3 | 0) == 150) {
            h3 = 0;
            f2[145] = f2[152];
          }
          if (r2[1133] | 0) {
            i3 = 0;
            break;
          }
          if ((f2[145] | 0) == (n3 | 0)) if (d3 & ((s2[565] | 0) == v3 << 16 >> 16 & e3)) {
            i3 = s2[f2[152] >> 1] | 0;
            if (ra(i3) | 0) break;
            else i3 = 1;
          } else i3 = d3;
          else {
            if (i3 << 16 >> 16 == 47) i3 = (r2[1137] ^ 1) & 255;
            else i3 = (i3 << 16 >> 16 == 96 | (i3 << 16 >> 16 == 34 | (i3 << 16 >> 16 == 39 | ((i3 | 32) << 16 >> 16 == 125 | (i3 << 16 >> 16 == 41 | (Ie(i3) | 0)))))) & 1;
            i3 = (i3 | 0) != 0;
          }
          d3 = i3;
          c3 = f2[O2 >> 2] | 0;
        }
        if ((h3 | 0) == 160) {
          f2[152] = n3;
          i3 = 0;
          h3 = 161;
        }
        if ((h3 | 0) == 161) f2[O2 >> 2] = c3;
        b2 = O2;
        return i3 | 0;
      }
      function u2() {
        var e3 = 0, a3 = 0, i3 = 0, c3 = 0, t3 = 0, b3 = 0, k3 = 0, l4 = 0, n3 = 0, u3 = 0, o4 = 0;
        u3 = f2[152] | 0;
        f2[152] = u3 + 12;
        e3 = L(1) | 0;
        e: do {
          if (e3 << 16 >> 16 == 116) {
            i3 = f2[152] | 0;
            if ((s2[i3 >> 1] | 0) == 116 ? (le(i3 + 2 | 0, 234, 6) | 0) == 0 : 0) {
              e3 = s2[i3 + 8 >> 1] | 0;
              if (!(qe(e3) | 0)) switch (e3 << 16 >> 16) {
                case 42:
                case 47:
                case 123:
                  break;
                default: {
                  e3 = 116;
                  a3 = 1;
                  i3 = 0;
                  c3 = 0;
                  o4 = 77;
                  break e;
                }
              }
              f2[152] = i3 + 8;
              e3 = L(1) | 0;
              switch (e3 << 16 >> 16) {
                case 102: {
                  e3 = f2[152] | 0;
                  if (le(e3 + 2 | 0, 42, 6) | 0) {
                    e3 = 102;
                    a3 = 1;
                    i3 = 0;
                    c3 = 1;
                    o4 = 77;
                    break e;
                  }
                  a3 = s2[e3 + 8 >> 1] | 0;
                  if (!(qe(a3) | 0) ? !(a3 << 16 >> 16 == 47 | (ia(a3) | 0)) : 0) {
                    e3 = 102;
                    a3 = 1;
                    i3 = 0;
                    c3 = 1;
                    o4 = 77;
                    break e;
                  }
                  f2[152] = e3 + 8;
                  o4 = ia(L(1) | 0) | 0;
                  f2[152] = e3;
                  if (!o4) {
                    e3 = 102;
                    a3 = 1;
                    i3 = 0;
                    c3 = 1;
                    o4 = 77;
                    break e;
                  }
                  break;
                }
                case 44:
                case 61:
                  break;
                default: {
                  c3 = 1;
                  o4 = 12;
                  break e;
                }
              }
              f2[152] = i3;
              e3 = 116;
              a3 = 1;
              i3 = 0;
              c3 = 0;
              o4 = 77;
            } else {
              e3 = 116;
              a3 = 1;
              i3 = 0;
              c3 = 0;
              o4 = 77;
            }
          } else {
            c3 = 0;
            o4 = 12;
          }
        } while (0);
        e: do {
          if ((o4 | 0) == 12) {
            i3 = f2[152] | 0;
            a: do {
              if (e3 << 16 >> 16 == 46) {
                f2[152] = i3 + 2;
                switch ((L(1) | 0) << 16 >> 16) {
                  case 109: {
                    e3 = f2[152] | 0;
                    if (le(e3 + 2 | 0, 48, 6) | 0) break e;
                    a3 = f2[145] | 0;
                    if (!(je(a3) | 0) ? (s2[a3 >> 1] | 0) == 46 : 0) break e;
                    D(u3, u3, e3 + 8 | 0, 2);
                    break e;
                  }
                  case 115: {
                    e3 = f2[152] | 0;
                    if (le(e3 + 2 | 0, 214, 10) | 0) break e;
                    a3 = f2[145] | 0;
                    if (!(je(a3) | 0) ? (s2[a3 >> 1] | 0) == 46 : 0) break e;
                    f2[152] = e3 + 12;
                    e3 = L(1) | 0;
                    t3 = 1;
                    o4 = 40;
                    break a;
                  }
                  case 100: {
                    e3 = f2[152] | 0;
                    if (le(e3 + 2 | 0, 224, 8) | 0) break e;
                    a3 = f2[145] | 0;
                    if (!(je(a3) | 0) ? (s2[a3 >> 1] | 0) == 46 : 0) break e;
                    f2[152] = e3 + 10;
                    e3 = L(1) | 0;
                    t3 = 2;
                    o4 = 40;
                    break a;
                  }
                  default:
                    break e;
                }
              } else {
                do {
                  if (i3 >>> 0 > (u3 + 12 | 0) >>> 0 & e3 << 16 >> 16 == 115) if ((le(i3 + 2 | 0, 214, 10) | 0) == 0 ? qe(s2[i3 + 12 >> 1] | 0) | 0 : 0) {
                    f2[152] = i3 + 12;
                    e3 = L(1) | 0;
                    a3 = f2[152] | 0;
                    if (!(e3 << 16 >> 16 == 44 | (a3 | 0) == (i3 + 12 | 0))) {
                      if (e3 << 16 >> 16 != 102) {
                        t3 = 1;
                        o4 = 40;
                        break a;
                      }
                      if (le(a3 + 2 | 0, 42, 6) | 0) {
                        e3 = 102;
                        i3 = 1;
                        break;
                      }
                      if (!(Oe(s2[a3 + 8 >> 1] | 0) | 0)) {
                        e3 = 102;
                        i3 = 1;
                        break;
                      }
                    }
                    f2[152] = i3;
                    e3 = s2[i3 >> 1] | 0;
                    t3 = 0;
                    o4 = 40;
                    break a;
                  } else {
                    e3 = 115;
                    i3 = 0;
                  }
                  else {
                    if (!(i3 >>> 0 > (u3 + 10 | 0) >>> 0 & e3 << 16 >> 16 == 100)) {
                      t3 = 0;
                      o4 = 40;
                      break a;
                    }
                    if ((le(i3 + 2 | 0, 224, 8) | 0) == 0 ? qe(s2[i3 + 10 >> 1] | 0) | 0 : 0) {
                      f2[152] = i3 + 10;
                      if ((L(1) | 0) << 16 >> 16 == 42) {
                        e3 = 42;
                        i3 = 2;
                      } else {
                        f2[152] = i3;
                        e3 = s2[i3 >> 1] | 0;
                        t3 = 0;
                        o4 = 40;
                        break a;
                      }
                    } else {
                      e3 = 100;
                      i3 = 0;
                    }
                  }
                } while (0);
                a3 = (i3 | 0) == 0;
              }
            } while (0);
            do {
              if ((o4 | 0) == 40) {
                if (e3 << 16 >> 16 != 40) {
                  a3 = (t3 | 0) == 0;
                  if (!(a3 & e3 << 16 >> 16 == 123)) {
                    i3 = t3;
                    break;
                  }
                  e3 = f2[152] | 0;
                  if (s2[565] | 0) {
                    f2[152] = e3 + -2;
                    break e;
                  }
                  f2[152] = e3 + 2;
                  if (($e(f2[136] | 0, 0) | 0) << 16 >> 16 != 125) {
                    Le();
                    break e;
                  }
                  f2[152] = (f2[152] | 0) + 2;
                  n3 = (L(1) | 0) << 16 >> 16 == 102;
                  e3 = f2[152] | 0;
                  if (n3 ? le(e3 + 2 | 0, 42, 6) | 0 : 0) {
                    Le();
                    break e;
                  }
                  f2[152] = e3 + 8;
                  e3 = L(1) | 0;
                  if (!(ia(e3) | 0)) {
                    Le();
                    break e;
                  }
                  d2(u3, e3, 0);
                  e3 = f2[132] | 0;
                  if (!(c3 & (e3 | 0) != 0)) break e;
                  r2[e3 + 25 >> 0] = 1;
                  break e;
                }
                e3 = s2[565] | 0;
                if (e3 << 16 >> 16 == 1024) {
                  Le();
                  break e;
                }
                a3 = f2[152] | 0;
                n3 = f2[150] | 0;
                f2[n3 + ((e3 & 65535) << 3) >> 2] = 5;
                s2[565] = e3 + 1 << 16 >> 16;
                f2[n3 + ((e3 & 65535) << 3) + 4 >> 2] = a3;
                if ((s2[f2[145] >> 1] | 0) == 46) break e;
                if ((s2[564] | 0) == 512) {
                  Le();
                  break e;
                }
                f2[152] = a3 + 2;
                c3 = L(1) | 0;
                D(u3, f2[152] | 0, 0, a3);
                e3 = f2[145] | 0;
                a3 = s2[e3 >> 1] | 0;
                if (a3 << 16 >> 16 != 116) {
                  i3 = f2[132] | 0;
                  r2[i3 + 26 >> 0] = 0;
                  if (a3 << 16 >> 16 == 102 ? ve(e3, 282, 6) | 0 : 0) {
                    r2[i3 + 25 >> 0] = 1;
                    a3 = i3;
                    e3 = i3;
                  } else {
                    a3 = i3;
                    e3 = i3;
                  }
                } else {
                  a3 = (ve(e3 + -2 | 0, 112, 4) | 0) & 1;
                  e3 = f2[132] | 0;
                  r2[e3 + 26 >> 0] = a3;
                  a3 = e3;
                }
                if (t3 | 0) f2[a3 + 28 >> 2] = (t3 | 0) == 1 ? 5 : 7;
                n3 = f2[151] | 0;
                u3 = s2[564] | 0;
                s2[564] = u3 + 1 << 16 >> 16;
                f2[n3 + ((u3 & 65535) << 2) >> 2] = e3;
                switch (c3 << 16 >> 16) {
                  case 39: {
                    X(39);
                    break;
                  }
                  case 34: {
                    X(34);
                    break;
                  }
                  case 96: {
                    if (ae() | 0) {
                      if (r2[1140] | 0) {
                        u3 = (f2[132] | 0) + 24 | 0;
                        r2[u3 >> 0] = r2[u3 >> 0] | 2;
                      }
                    } else o4 = 59;
                    break;
                  }
                  default:
                    o4 = 59;
                }
                if ((o4 | 0) == 59) {
                  f2[152] = (f2[152] | 0) + -2;
                  break e;
                }
                e3 = (f2[152] | 0) + 2 | 0;
                f2[152] = e3;
                switch ((L(1) | 0) << 16 >> 16) {
                  case 44: {
                    f2[152] = (f2[152] | 0) + 2;
                    L(1) | 0;
                    n3 = f2[132] | 0;
                    f2[n3 + 4 >> 2] = e3;
                    u3 = f2[152] | 0;
                    f2[n3 + 16 >> 2] = u3;
                    r2[n3 + 24 >> 0] = r2[n3 + 24 >> 0] | 1;
                    f2[152] = u3 + -2;
                    break e;
                  }
                  case 41: {
                    s2[565] = (s2[565] | 0) + -1 << 16 >> 16;
                    u3 = f2[132] | 0;
                    f2[u3 + 4 >> 2] = e3;
                    f2[u3 + 12 >> 2] = (f2[152] | 0) + 2;
                    r2[u3 + 24 >> 0] = r2[u3 + 24 >> 0] | 1;
                    y2(u3);
                    s2[564] = (s2[564] | 0) + -1 << 16 >> 16;
                    break e;
                  }
                  default: {
                    f2[152] = (f2[152] | 0) + -2;
                    break e;
                  }
                }
              }
            } while (0);
            switch (e3 << 16 >> 16) {
              case 42:
              case 39:
              case 34: {
                t3 = i3;
                o4 = 79;
                break;
              }
              default:
                o4 = 77;
            }
          }
        } while (0);
        if ((o4 | 0) == 77) if ((f2[152] | 0) == (u3 + 12 | 0)) f2[152] = u3 + 10;
        else {
          t3 = i3;
          o4 = 79;
        }
        e: do {
          if ((o4 | 0) == 79) {
            if (!(((t3 | 0) != 2 | e3 << 16 >> 16 == 42) & (s2[565] | 0) == 0)) {
              f2[152] = (f2[152] | 0) + -2;
              break;
            }
            a: do {
              if (a3 ? !(e3 << 16 >> 16 == 92 | (e3 + -48 & 65535) < 10) : 0) {
                i: do {
                  if (((e3 & -33) + -65 & 65535) >= 26) {
                    switch (e3 << 16 >> 16) {
                      case 36:
                      case 92:
                      case 95:
                        break i;
                      default: {
                      }
                    }
                    if ((e3 & 65535) <= 127) break a;
                  }
                } while (0);
                a3 = f2[152] | 0;
                ie(e3) | 0;
                if ((f2[152] | 0) != (a3 | 0)) {
                  if ((L(1) | 0) << 16 >> 16 == 61 ? (l4 = (f2[152] | 0) + 2 | 0, (s2[l4 >> 1] | 0) != 61) : 0) {
                    f2[152] = l4;
                    i: do {
                      if (((L(1) | 0) << 16 >> 16 == 114 ? (b3 = f2[152] | 0, (le(b3 + 2 | 0, 446, 12) | 0) == 0) : 0) ? (k3 = s2[b3 + 14 >> 1] | 0, !((k3 + -48 & 65535) < 10 | ((k3 & -33) + -65 & 65535) < 26)) : 0) {
                        switch (k3 << 16 >> 16) {
                          case 36:
                          case 92:
                          case 95:
                            break i;
                          default: {
                          }
                        }
                        if ((k3 & 65535) <= 127) {
                          f2[152] = b3 + 14;
                          if ((L(1) | 0) << 16 >> 16 == 40 ? (f2[152] = (f2[152] | 0) + 2, n3 = L(1) | 0, ia(n3) | 0) : 0) {
                            d2(u3, n3, 0);
                            if (r2[1133] | 0) break e;
                            e3 = f2[132] | 0;
                            if (c3 & (e3 | 0) != 0) r2[e3 + 25 >> 0] = 1;
                            f2[152] = (f2[152] | 0) + 2;
                            if ((L(1) | 0) << 16 >> 16 == 41) break e;
                            f2[152] = (f2[152] | 0) + -2;
                            break e;
                          }
                          f2[152] = b3;
                        }
                      }
                    } while (0);
                    C(1, 0);
                    f2[152] = (f2[152] | 0) + -2;
                    break e;
                  }
                  f2[152] = a3;
                  e3 = s2[a3 >> 1] | 0;
                }
              }
            } while (0);
            if (!(ia(e3) | 0)) M(e3, t3, f2[136] | 0, 0);
            e3 = f2[153] | 0;
            a3 = f2[152] | 0;
            while (1) {
              if (a3 >>> 0 >= e3 >>> 0) {
                o4 = 112;
                break;
              }
              i3 = s2[a3 >> 1] | 0;
              if (ia(i3) | 0) break;
              n3 = a3 + 2 | 0;
              f2[152] = n3;
              a3 = n3;
            }
            if ((o4 | 0) == 112) {
              Le();
              break;
            }
            d2(u3, i3, t3);
            e3 = f2[132] | 0;
            if (c3 & (e3 | 0) != 0) r2[e3 + 25 >> 0] = 1;
          }
        } while (0);
        return;
      }
      function o3(e3, a3) {
        e3 = e3 | 0;
        a3 = a3 | 0;
        var i3 = 0, r3 = 0, c3 = 0, t3 = 0, b3 = 0, k3 = 0, l4 = 0;
        e: while (1) {
          i3 = L(1) | 0;
          while (1) {
            if (i3 << 16 >> 16 == 125) {
              i3 = 125;
              break e;
            }
            t3 = f2[152] | 0;
            if (t3 >>> 0 > (f2[153] | 0) >>> 0) break e;
            a: do {
              if (!a3) if (i3 << 16 >> 16 == 116) if ((s2[t3 >> 1] | 0) == 116 ? (le(t3 + 2 | 0, 234, 6) | 0) == 0 : 0) {
                i3 = s2[t3 + 8 >> 1] | 0;
                if (!(qe(i3) | 0)) switch (i3 << 16 >> 16) {
                  case 42:
                  case 47:
                  case 123:
                    break;
                  default: {
                    b3 = 0;
                    i3 = 116;
                    break a;
                  }
                }
                f2[152] = t3 + 8;
                i3 = L(1) | 0;
                switch (i3 << 16 >> 16) {
                  case 97: {
                    l4 = 13;
                    break;
                  }
                  case 44:
                  case 125:
                    break;
                  default: {
                    t3 = f2[152] | 0;
                    b3 = 1;
                    break a;
                  }
                }
                i: do {
                  if ((l4 | 0) == 13) {
                    l4 = 0;
                    c3 = f2[152] | 0;
                    if ((s2[c3 + 2 >> 1] | 0) != 115) {
                      t3 = c3;
                      b3 = 1;
                      i3 = 97;
                      break a;
                    }
                    if (!(Oe(s2[c3 + 4 >> 1] | 0) | 0)) {
                      t3 = c3;
                      b3 = 1;
                      i3 = 97;
                      break a;
                    }
                    f2[152] = c3 + 4;
                    i3 = L(1) | 0;
                    if (i3 << 16 >> 16 != 97) {
                      f2[152] = c3;
                      switch (i3 << 16 >> 16) {
                        case 44:
                        case 125: {
                          t3 = c3;
                          b3 = 1;
                          i3 = 97;
                          break a;
                        }
                        default:
                          break i;
                      }
                    }
                    i3 = f2[152] | 0;
                    if ((s2[i3 + 2 >> 1] | 0) == 115 ? Oe(s2[i3 + 4 >> 1] | 0) | 0 : 0) {
                      f2[152] = i3 + 4;
                      r3 = L(1) | 0;
                      r: do {
                        if (r3 << 16 >> 16 == 92 | (r3 + -48 & 65535) < 10) i3 = 1;
                        else {
                          s: do {
                            if (((r3 & -33) + -65 & 65535) >= 26) {
                              switch (r3 << 16 >> 16) {
                                case 36:
                                case 92:
                                case 95:
                                  break s;
                                default: {
                                }
                              }
                              i3 = (r3 & 65535) < 128;
                              break r;
                            }
                          } while (0);
                          f2[152] = c3;
                          t3 = c3;
                          b3 = 1;
                          i3 = 97;
                          break a;
                        }
                      } while (0);
                      f2[152] = c3;
                      if (r3 << 16 >> 16 != 92 & i3) break;
                      else {
                        t3 = c3;
                        b3 = 1;
                        i3 = 97;
                        break a;
                      }
                    }
                    f2[152] = c3;
                  }
                } while (0);
                f2[152] = t3;
                b3 = 0;
                i3 = 116;
              } else {
                b3 = 0;
                i3 = 116;
              }
              else b3 = 0;
              else b3 = 1;
            } while (0);
            if (!(ia(i3) | 0)) {
              ie(i3) | 0;
              i3 = f2[152] | 0;
              if ((i3 | 0) == (t3 | 0)) {
                i3 = t3;
                break;
              }
            } else {
              X(i3);
              i3 = (f2[152] | 0) + 2 | 0;
              f2[152] = i3;
            }
            do {
              if ((L(1) | 0) << 16 >> 16 == 97 ? (k3 = f2[152] | 0, (s2[k3 + 2 >> 1] | 0) == 115) : 0) {
                r3 = s2[k3 + 4 >> 1] | 0;
                a: do {
                  if (!((r3 + -48 & 65535) < 10 | ((r3 & -33) + -65 & 65535) < 26)) {
                    switch (r3 << 16 >> 16) {
                      case 36:
                      case 92:
                      case 95: {
                        l4 = 35;
                        break a;
                      }
                      default: {
                      }
                    }
                    if ((r3 & 65535) > 127) l4 = 35;
                  } else l4 = 35;
                } while (0);
                if ((l4 | 0) == 35 ? (l4 = 0, !(qe(r3) | 0)) : 0) {
                  r3 = i3;
                  c3 = t3;
                  break;
                }
                f2[152] = k3 + 4;
                r3 = L(1) | 0;
                c3 = f2[152] | 0;
                ie(r3) | 0;
                r3 = f2[152] | 0;
              } else {
                r3 = i3;
                c3 = t3;
              }
            } while (0);
            K(c3, r3, t3, i3, 0, e3, b3);
            i3 = L(1) | 0;
            if (i3 << 16 >> 16 == 44) {
              l4 = 38;
              break;
            }
          }
          if ((l4 | 0) == 38) {
            l4 = 0;
            i3 = f2[152] | 0;
          }
          f2[152] = i3 + 2;
        }
        return i3 | 0;
      }
      function h2() {
        var e3 = 0, a3 = 0, i3 = 0, c3 = 0, t3 = 0, b3 = 0;
        e3 = L(1) | 0;
        if (!(g(0) | 0)) {
          t3 = 0;
          a3 = 0;
          c3 = 0;
          i3 = 1;
          e: while (1) {
            if (!i3) {
              b3 = 33;
              break;
            }
            a: do {
              switch (e3 << 16 >> 16) {
                case 110:
                case 101: {
                  if ($(e3) | 0) {
                    b3 = 7;
                    break e;
                  }
                  switch (e3 << 16 >> 16) {
                    case 109: {
                      b3 = 29;
                      break;
                    }
                    case 102: {
                      b3 = 26;
                      break;
                    }
                    case 108: {
                      b3 = 18;
                      break;
                    }
                    default:
                      i3 = 0;
                  }
                  break;
                }
                case 97: {
                  e3 = f2[152] | 0;
                  if ((le(e3, 334, 16) | 0) == 0 ? (i3 = s2[e3 + 16 >> 1] | 0, i3 << 16 >> 16 == 47 | (qe(i3) | 0)) : 0) {
                    f2[152] = e3 + 16;
                    e3 = t3;
                    i3 = c3;
                    b3 = 32;
                  } else {
                    e3 = 97;
                    i3 = 0;
                  }
                  break;
                }
                case 99: {
                  e3 = f2[152] | 0;
                  if ((le(e3 + 2 | 0, 34, 8) | 0) == 0 ? (i3 = s2[e3 + 10 >> 1] | 0, i3 << 16 >> 16 == 47 | (qe(i3) | 0)) : 0) {
                    f2[152] = e3 + 10;
                    e3 = 0;
                    a3 = 1;
                    i3 = c3;
                    b3 = 32;
                    break a;
                  }
                  if ((le(e3 + 2 | 0, 428, 8) | 0) == 0 ? (i3 = s2[e3 + 10 >> 1] | 0, i3 << 16 >> 16 == 47 | (qe(i3) | 0)) : 0) {
                    f2[152] = e3 + 10;
                    e3 = 1;
                    i3 = c3;
                    b3 = 32;
                  } else {
                    e3 = 99;
                    i3 = 0;
                  }
                  break;
                }
                case 108: {
                  b3 = 18;
                  break;
                }
                case 118: {
                  e3 = f2[152] | 0;
                  if (((s2[e3 + 2 >> 1] | 0) == 97 ? (s2[e3 + 4 >> 1] | 0) == 114 : 0) ? (i3 = s2[e3 + 6 >> 1] | 0, i3 << 16 >> 16 == 47 | (qe(i3) | 0)) : 0) {
                    f2[152] = e3 + 6;
                    e3 = 1;
                    i3 = c3;
                    b3 = 32;
                  } else {
                    e3 = 118;
                    i3 = 0;
                  }
                  break;
                }
                case 102: {
                  b3 = 26;
                  break;
                }
                case 109: {
                  b3 = 29;
                  break;
                }
                default:
                  i3 = 0;
              }
            } while (0);
            if ((b3 | 0) == 18) {
              b3 = 0;
              e3 = f2[152] | 0;
              if (((s2[e3 + 2 >> 1] | 0) == 101 ? (s2[e3 + 4 >> 1] | 0) == 116 : 0) ? (i3 = s2[e3 + 6 >> 1] | 0, i3 << 16 >> 16 == 47 | (qe(i3) | 0)) : 0) {
                f2[152] = e3 + 6;
                e3 = 1;
                i3 = c3;
                b3 = 32;
              } else {
                e3 = 108;
                i3 = 0;
              }
            } else if ((b3 | 0) == 26) {
              b3 = 0;
              e3 = f2[152] | 0;
              if ((le(e3 + 2 | 0, 200, 14) | 0) == 0 ? (i3 = s2[e3 + 16 >> 1] | 0, i3 << 16 >> 16 == 47 | (qe(i3) | 0)) : 0) {
                f2[152] = e3 + 16;
                e3 = t3;
                i3 = 1;
                b3 = 32;
              } else {
                e3 = 102;
                i3 = 0;
              }
            } else if ((b3 | 0) == 29) {
              b3 = 0;
              e3 = f2[152] | 0;
              if ((le(e3 + 2 | 0, 436, 10) | 0) == 0 ? (i3 = s2[e3 + 12 >> 1] | 0, i3 << 16 >> 16 == 47 | (qe(i3) | 0)) : 0) {
                f2[152] = e3 + 12;
                e3 = t3;
                a3 = 1;
                i3 = c3;
                b3 = 32;
              } else {
                e3 = 109;
                i3 = 0;
              }
            }
            if ((b3 | 0) == 32) {
              b3 = 0;
              t3 = e3;
              e3 = L(1) | 0;
              c3 = i3;
              i3 = 1;
            }
          }
          do {
            if ((b3 | 0) == 7) {
              b3 = (f2[134] | 0) + 25 | 0;
              r2[b3 >> 0] = r2[b3 >> 0] | 4;
              b3 = (f2[152] | 0) + 2 | 0;
              f2[152] = b3;
              B(s2[b3 >> 1] | 0);
            } else if ((b3 | 0) == 33) {
              if (t3) {
                J(e3);
                break;
              }
              e: do {
                if (!(e3 << 16 >> 16 == 92 | (e3 + -48 & 65535) < 10)) {
                  a: do {
                    if (((e3 & -33) + -65 & 65535) >= 26) {
                      switch (e3 << 16 >> 16) {
                        case 36:
                        case 92:
                        case 95:
                          break a;
                        default: {
                        }
                      }
                      if ((e3 & 65535) <= 127) break e;
                    }
                  } while (0);
                  b3 = f2[152] | 0;
                  _(e3) | 0;
                  e3 = f2[152] | 0;
                  se(b3, e3, b3, e3);
                  e3 = (f2[134] | 0) + 25 | 0;
                  r2[e3 >> 0] = r2[e3 >> 0] | 4;
                  e3 = s2[f2[152] >> 1] | 0;
                }
              } while (0);
              if (a3) {
                B(e3);
                break;
              } else {
                C(c3, 0);
                break;
              }
            }
          } while (0);
          f2[152] = (f2[152] | 0) + -2;
        }
        return;
      }
      function w2(e3) {
        e3 = e3 | 0;
        var a3 = 0, i3 = 0, c3 = 0, t3 = 0, b3 = 0, k3 = 0, l4 = 0, n3 = 0;
        k3 = f2[152] | 0;
        l4 = r2[1133] | 0;
        n3 = f2[142] | 0;
        f2[152] = k3 + 2;
        a3 = L(1) | 0;
        e: while (1) {
          if (a3 << 16 >> 16 == e3 << 16 >> 16) {
            a3 = 1;
            break;
          }
          a: do {
            if (!(e3 << 16 >> 16 == 93 & a3 << 16 >> 16 == 44)) {
              if ((a3 << 16 >> 16 == 46 ? (t3 = f2[152] | 0, (s2[t3 + 2 >> 1] | 0) == 46) : 0) ? (s2[t3 + 4 >> 1] | 0) == 46 : 0) {
                a3 = t3 + 6 | 0;
                b3 = 26;
              } else b3 = 9;
              do {
                if ((b3 | 0) == 9) {
                  b3 = 0;
                  if (e3 << 16 >> 16 == 125) {
                    do {
                      if (a3 << 16 >> 16 == 91) if (U() | 0) i3 = 0;
                      else {
                        b3 = 32;
                        break e;
                      }
                      else {
                        if (ia(a3) | 0) {
                          X(a3);
                          f2[152] = (f2[152] | 0) + 2;
                          i3 = 0;
                          break;
                        }
                        i3 = f2[152] | 0;
                        if ((a3 + -48 & 65535) >= 10) {
                          _(a3) | 0;
                          if ((f2[152] | 0) == (i3 | 0)) {
                            b3 = 32;
                            break e;
                          } else {
                            i3 = 1;
                            break;
                          }
                        }
                        i: while (1) {
                          c3 = i3 + 2 | 0;
                          a3 = s2[c3 >> 1] | 0;
                          r: do {
                            if ((a3 + -48 & 65535) >= 10) {
                              switch (a3 << 16 >> 16) {
                                case 67:
                                case 68:
                                case 70:
                                case 97:
                                case 65:
                                case 99:
                                case 100:
                                case 102:
                                case 46:
                                case 66:
                                case 69:
                                case 79:
                                case 88:
                                case 95:
                                case 98:
                                case 101:
                                case 110:
                                case 111:
                                case 120:
                                  break r;
                                case 43:
                                case 45:
                                  break;
                                default:
                                  break i;
                              }
                              switch (s2[i3 >> 1] | 0) {
                                case 69:
                                case 101:
                                  break;
                                default:
                                  break i;
                              }
                            }
                          } while (0);
                          i3 = c3;
                        }
                        f2[152] = c3;
                        i3 = 0;
                      }
                    } while (0);
                    a3 = L(1) | 0;
                    if (a3 << 16 >> 16 != 58) if (i3 & a3 << 16 >> 16 == 44) break a;
                    else {
                      b3 = 24;
                      break e;
                    }
                    else {
                      a3 = (f2[152] | 0) + 2 | 0;
                      b3 = 26;
                      break;
                    }
                  }
                }
              } while (0);
              if ((b3 | 0) == 26) {
                b3 = 0;
                f2[152] = a3;
                a3 = L(1) | 0;
              }
              switch (a3 << 16 >> 16) {
                case 91:
                case 123: {
                  if (!(U() | 0)) {
                    b3 = 32;
                    break e;
                  }
                  break;
                }
                default: {
                  c3 = f2[152] | 0;
                  _(a3) | 0;
                  if ((f2[152] | 0) == (c3 | 0)) {
                    b3 = 32;
                    break e;
                  }
                }
              }
              a3 = L(1) | 0;
              switch (a3 << 16 >> 16) {
                case 61: {
                  a3 = 1;
                  break e;
                }
                case 44:
                  break;
                default: {
                  b3 = 31;
                  break e;
                }
              }
            }
          } while (0);
          f2[152] = (f2[152] | 0) + 2;
          a3 = L(1) | 0;
        }
        if ((b3 | 0) == 24) if ((a3 | 64) << 16 >> 16 != 125 | i3 ^ 1) b3 = 32;
        else a3 = 1;
        else if ((b3 | 0) == 31) if (a3 << 16 >> 16 == e3 << 16 >> 16) a3 = 1;
        else b3 = 32;
        if ((b3 | 0) == 32) {
          b3 = f2[147] | 0;
          a3 = f2[152] | 0;
          if ((b3 | 0) == 0 | a3 >>> 0 > b3 >>> 0) {
            f2[147] = a3;
            a3 = 0;
          } else a3 = 0;
        }
        r2[1133] = l4;
        f2[142] = n3;
        f2[152] = k3;
        return a3 | 0;
      }
      function d2(e3, a3, i3) {
        e3 = e3 | 0;
        a3 = a3 | 0;
        i3 = i3 | 0;
        var r3 = 0, c3 = 0, t3 = 0, b3 = 0, k3 = 0, l4 = 0;
        r3 = (f2[152] | 0) + 2 | 0;
        switch (a3 << 16 >> 16) {
          case 39: {
            X(39);
            l4 = 5;
            break;
          }
          case 34: {
            X(34);
            l4 = 5;
            break;
          }
          default:
            Le();
        }
        do {
          if ((l4 | 0) == 5) {
            D(e3, r3, f2[152] | 0, 1);
            if ((i3 | 0) > 0) f2[(f2[132] | 0) + 28 >> 2] = (i3 | 0) == 1 ? 4 : 6;
            f2[152] = (f2[152] | 0) + 2;
            k3 = (L(1) | 0) << 16 >> 16 == 119;
            t3 = f2[152] | 0;
            if (((k3 ? (s2[t3 + 2 >> 1] | 0) == 105 : 0) ? (s2[t3 + 4 >> 1] | 0) == 116 : 0) ? (s2[t3 + 6 >> 1] | 0) == 104 : 0) {
              f2[152] = t3 + 8;
              if ((L(1) | 0) << 16 >> 16 != 123) {
                f2[152] = t3;
                break;
              }
              b3 = f2[152] | 0;
              r3 = b3;
              k3 = 0;
              e: while (1) {
                f2[152] = r3 + 2;
                r3 = L(1) | 0;
                a: do {
                  switch (r3 << 16 >> 16) {
                    case 125: {
                      l4 = 31;
                      break e;
                    }
                    case 39: {
                      r3 = f2[152] | 0;
                      X(39);
                      l4 = 20;
                      break;
                    }
                    default: {
                      i3 = f2[152] | 0;
                      if (r3 << 16 >> 16 != 34) {
                        c3 = _(r3) | 0;
                        r3 = f2[152] | 0;
                        if (c3 << 16 >> 16 == 58) {
                          e3 = r3;
                          c3 = r3;
                          r3 = i3;
                          break a;
                        } else {
                          a3 = r3;
                          r3 = i3;
                          l4 = 21;
                          break a;
                        }
                      } else {
                        X(34);
                        r3 = i3;
                        l4 = 20;
                        break a;
                      }
                    }
                  }
                } while (0);
                if ((l4 | 0) == 20) {
                  a3 = (f2[152] | 0) + 2 | 0;
                  f2[152] = a3;
                  l4 = 21;
                }
                if ((l4 | 0) == 21) {
                  l4 = 0;
                  if ((L(1) | 0) << 16 >> 16 != 58) {
                    l4 = 23;
                    break;
                  }
                  e3 = f2[152] | 0;
                  c3 = a3;
                }
                f2[152] = e3 + 2;
                switch ((L(1) | 0) << 16 >> 16) {
                  case 39: {
                    a3 = f2[152] | 0;
                    X(39);
                    break;
                  }
                  case 34: {
                    a3 = f2[152] | 0;
                    X(34);
                    break;
                  }
                  default: {
                    l4 = 27;
                    break e;
                  }
                }
                e3 = (f2[152] | 0) + 2 | 0;
                Je(20);
                i3 = f2[140] | 0;
                f2[140] = i3 + 20;
                f2[i3 >> 2] = r3;
                f2[i3 + 4 >> 2] = c3;
                f2[i3 + 8 >> 2] = a3;
                f2[i3 + 12 >> 2] = e3;
                f2[i3 + 16 >> 2] = 0;
                f2[((k3 | 0) == 0 ? (f2[132] | 0) + 32 | 0 : k3 + 16 | 0) >> 2] = i3;
                f2[152] = (f2[152] | 0) + 2;
                switch ((L(1) | 0) << 16 >> 16) {
                  case 125: {
                    l4 = 31;
                    break e;
                  }
                  case 44:
                    break;
                  default: {
                    l4 = 30;
                    break e;
                  }
                }
                r3 = f2[152] | 0;
                k3 = i3;
              }
              if ((l4 | 0) == 23) {
                f2[152] = t3;
                break;
              } else if ((l4 | 0) == 27) {
                f2[152] = t3;
                break;
              } else if ((l4 | 0) == 30) {
                f2[152] = t3;
                break;
              } else if ((l4 | 0) == 31) {
                l4 = f2[132] | 0;
                f2[l4 + 16 >> 2] = b3;
                f2[l4 + 12 >> 2] = (f2[152] | 0) + 2;
                break;
              }
            }
            f2[152] = t3 + -2;
          }
        } while (0);
        return;
      }
      function v2() {
        var e3 = 0, a3 = 0, i3 = 0, r3 = 0, c3 = 0, t3 = 0, b3 = 0;
        e3 = f2[152] | 0;
        c3 = (s2[e3 >> 1] | 0) == 123;
        t3 = c3 ? 125 : 93;
        f2[152] = e3 + 2;
        e3 = L(1) | 0;
        e: while (1) {
          if (e3 << 16 >> 16 == t3 << 16 >> 16) break;
          r3 = f2[152] | 0;
          if (r3 >>> 0 > (f2[153] | 0) >>> 0) break;
          if ((e3 << 16 >> 16 == 46 ? (s2[r3 + 2 >> 1] | 0) == 46 : 0) ? (s2[r3 + 4 >> 1] | 0) == 46 : 0) {
            f2[152] = r3 + 6;
            e3 = pe(L(1) | 0) | 0;
          } else b3 = 9;
          a: do {
            if ((b3 | 0) == 9) {
              b3 = 0;
              do {
                if (c3) {
                  do {
                    if (e3 << 16 >> 16 == 91) {
                      n2(0, t3) | 0;
                      f2[152] = (f2[152] | 0) + 2;
                      a3 = r3;
                    } else {
                      if (ia(e3) | 0) {
                        X(e3);
                        f2[152] = (f2[152] | 0) + 2;
                        a3 = r3;
                        break;
                      }
                      if ((e3 + -48 & 65535) >= 10) {
                        _(e3) | 0;
                        a3 = f2[152] | 0;
                        break;
                      }
                      e3 = r3;
                      i: while (1) {
                        i3 = e3 + 2 | 0;
                        a3 = s2[i3 >> 1] | 0;
                        r: do {
                          if ((a3 + -48 & 65535) >= 10) {
                            switch (a3 << 16 >> 16) {
                              case 67:
                              case 68:
                              case 70:
                              case 97:
                              case 65:
                              case 99:
                              case 100:
                              case 102:
                              case 46:
                              case 66:
                              case 69:
                              case 79:
                              case 88:
                              case 95:
                              case 98:
                              case 101:
                              case 110:
                              case 111:
                              case 120:
                                break r;
                              case 43:
                              case 45:
                                break;
                              default:
                                break i;
                            }
                            switch (s2[e3 >> 1] | 0) {
                              case 69:
                              case 101:
                                break;
                              default:
                                break i;
                            }
                          }
                        } while (0);
                        e3 = i3;
                      }
                      f2[152] = i3;
                      a3 = r3;
                    }
                  } while (0);
                  e3 = L(1) | 0;
                  if (e3 << 16 >> 16 == 58) {
                    f2[152] = (f2[152] | 0) + 2;
                    e3 = pe(L(1) | 0) | 0;
                    break;
                  }
                  if (a3 >>> 0 > r3 >>> 0) se(r3, a3, r3, a3);
                } else if (e3 << 16 >> 16 == 44) {
                  f2[152] = r3 + 2;
                  e3 = L(1) | 0;
                  break a;
                } else {
                  e3 = pe(e3) | 0;
                  break;
                }
              } while (0);
              if (e3 << 16 >> 16 == 61) e3 = n2(0, t3) | 0;
              if (e3 << 16 >> 16 != 44) break e;
              f2[152] = (f2[152] | 0) + 2;
              e3 = L(1) | 0;
            }
          } while (0);
        }
        return;
      }
      function p2(e3, a3, i3, c3) {
        e3 = e3 | 0;
        a3 = a3 | 0;
        i3 = i3 | 0;
        c3 = c3 | 0;
        var t3 = 0, b3 = 0, k3 = 0, l4 = 0, n3 = 0, u3 = 0;
        if ((e3 | 0) != 0 ? Z(e3, a3) | 0 : 0) {
          l4 = f2[152] | 0;
          n3 = r2[1133] | 0;
          u3 = f2[142] | 0;
          e: do {
            if ((s2[e3 >> 1] | 0) == 97) {
              f2[152] = i3;
              if (!(le(i3, 256, 6) | 0)) {
                a3 = s2[i3 + 6 >> 1] | 0;
                if (!(qe(a3) | 0)) switch (a3 << 16 >> 16) {
                  case 40:
                  case 47:
                  case 60:
                    break;
                  default: {
                    a3 = 0;
                    break e;
                  }
                }
                f2[152] = i3 + 6;
                a3 = L(1) | 0;
                if (a3 << 16 >> 16 == 60) {
                  if (!(U() | 0)) {
                    a3 = 0;
                    break;
                  }
                  a3 = L(1) | 0;
                }
                if (((a3 << 16 >> 16 == 40 ? U() | 0 : 0) ? (L(1) | 0) << 16 >> 16 == 61 : 0) ? (s2[(f2[152] | 0) + 2 >> 1] | 0) == 62 : 0) k3 = 14;
                else a3 = 0;
              } else a3 = 0;
            } else k3 = 14;
          } while (0);
          e: do {
            if ((k3 | 0) == 14) {
              e3 = f2[148] | 0;
              f2[152] = e3;
              t3 = 0;
              a3 = 0;
              while (1) {
                i3 = (t3 | 0) != 0;
                a: while (1) {
                  if (e3 >>> 0 > (f2[153] | 0) >>> 0) {
                    a3 = 0;
                    break e;
                  }
                  k3 = e3 >>> 0 < c3 >>> 0 | (a3 | 0) != 0;
                  b3 = k3 ? a3 : t3;
                  if (!(k3 | i3)) {
                    a3 = 0;
                    break e;
                  }
                  a3 = s2[e3 >> 1] | 0;
                  switch (a3 << 16 >> 16) {
                    case 60: {
                      k3 = 19;
                      break a;
                    }
                    case 62: {
                      k3 = 20;
                      break a;
                    }
                    case 123:
                    case 91:
                    case 40:
                      break;
                    default: {
                      k3 = 23;
                      break a;
                    }
                  }
                  if (!(U() | 0)) {
                    a3 = 0;
                    break e;
                  }
                  e3 = f2[152] | 0;
                  a3 = b3;
                }
                if ((k3 | 0) == 19) {
                  k3 = 0;
                  a3 = t3 + 1 | 0;
                } else if ((k3 | 0) == 20) {
                  k3 = 0;
                  if (i3 & (s2[e3 + -2 >> 1] | 0) != 61) {
                    a3 = t3 + -1 | 0;
                    if (a3 >>> 0 < b3 >>> 0) break;
                  } else {
                    a3 = 62;
                    k3 = 24;
                  }
                } else if ((k3 | 0) == 23) {
                  k3 = 0;
                  if ((a3 + -34 & 65535) < 63) k3 = 24;
                  else a3 = t3;
                }
                if ((k3 | 0) == 24) {
                  q(a3, 0) | 0;
                  e3 = f2[152] | 0;
                  a3 = t3;
                }
                e3 = e3 + 2 | 0;
                f2[152] = e3;
                t3 = a3;
                a3 = b3;
              }
              c3 = f2[147] | 0;
              if ((c3 | 0) == 0 | e3 >>> 0 > c3 >>> 0) {
                f2[147] = e3;
                a3 = 1;
              } else a3 = 1;
            }
          } while (0);
          r2[1133] = n3;
          f2[142] = u3;
          f2[152] = l4;
        } else a3 = 0;
        return a3 | 0;
      }
      function y2(e3) {
        e3 = e3 | 0;
        var a3 = 0, i3 = 0, c3 = 0, t3 = 0, b3 = 0, k3 = 0;
        if ((r2[e3 + 25 >> 0] | 0) == 0 ? (r2[e3 + 26 >> 0] | 0) == 0 : 0) {
          k3 = f2[152] | 0;
          f2[152] = k3 + 2;
          switch ((L(1) | 0) << 16 >> 16) {
            case 91: {
              f2[152] = (f2[152] | 0) + 2;
              t3 = L(1) | 0;
              if (ia(t3) | 0) {
                c3 = (f2[152] | 0) + 2 | 0;
                i3 = f2[153] | 0;
                b3 = c3;
                e: while (1) {
                  a3 = s2[b3 >> 1] | 0;
                  if (b3 >>> 0 > i3 >>> 0) break;
                  a: do {
                    if (!((a3 + -48 & 65535) < 10 | ((a3 & -33) + -65 & 65535) < 26)) {
                      switch (a3 << 16 >> 16) {
                        case 36:
                        case 92:
                        case 95:
                          break a;
                        default: {
                        }
                      }
                      if ((a3 & 65535) <= 127) break e;
                    }
                  } while (0);
                  if (!(a3 << 16 >> 16 != 92 & ((qe(a3) | 0) ^ 1))) break;
                  b3 = b3 + 2 | 0;
                }
                if (a3 << 16 >> 16 == t3 << 16 >> 16 ? (f2[152] = b3 + 2, (L(1) | 0) << 16 >> 16 == 93) : 0) {
                  switch (b3 - c3 >> 1 | 0) {
                    case 4: {
                      a3 = (le(c3, 350, 8) | 0) == 0;
                      break;
                    }
                    case 5: {
                      a3 = (le(c3, 358, 10) | 0) == 0;
                      break;
                    }
                    case 7: {
                      a3 = (le(c3, 368, 14) | 0) == 0;
                      break;
                    }
                    default:
                      a3 = 0;
                  }
                  a3 = a3 ^ 1;
                } else a3 = 0;
              } else a3 = 0;
              break;
            }
            case 46: {
              f2[152] = (f2[152] | 0) + 2;
              L(1) | 0;
              a3 = f2[152] | 0;
              i3 = f2[153] | 0;
              t3 = a3;
              e: while (1) {
                if (t3 >>> 0 > i3 >>> 0) break;
                c3 = s2[t3 >> 1] | 0;
                a: do {
                  if (!((c3 + -48 & 65535) < 10 | ((c3 & -33) + -65 & 65535) < 26)) {
                    switch (c3 << 16 >> 16) {
                      case 36:
                      case 92:
                      case 95:
                        break a;
                      default: {
                      }
                    }
                    if ((c3 & 65535) <= 127) break e;
                  }
                } while (0);
                if (!(c3 << 16 >> 16 != 92 & ((qe(c3) | 0) ^ 1))) break;
                t3 = t3 + 2 | 0;
              }
              if ((t3 | 0) != (a3 | 0) ? (s2[t3 >> 1] | 0) != 92 : 0) {
                switch (t3 - a3 >> 1 | 0) {
                  case 4: {
                    a3 = (le(a3, 350, 8) | 0) == 0;
                    break;
                  }
                  case 5: {
                    a3 = (le(a3, 358, 10) | 0) == 0;
                    break;
                  }
                  case 7: {
                    a3 = (le(a3, 368, 14) | 0) == 0;
                    break;
                  }
                  default:
                    a3 = 0;
                }
                a3 = a3 ^ 1;
              } else a3 = 0;
              break;
            }
            default:
              a3 = 0;
          }
          f2[152] = k3;
          r2[e3 + 25 >> 0] = a3 & 1;
        }
        return;
      }
      function m2(e3) {
        e3 = e3 | 0;
        e: do {
          switch (e3 << 16 >> 16) {
            case 97: {
              e3 = f2[152] | 0;
              if (!(le(e3, 334, 16) | 0)) {
                e3 = s2[e3 + 16 >> 1] | 0;
                e3 = e3 << 16 >> 16 == 47 | (qe(e3) | 0);
              } else e3 = 0;
              break;
            }
            case 99: {
              e3 = f2[152] | 0;
              if (le(e3 + 2 | 0, 34, 8) | 0 ? le(e3 + 2 | 0, 428, 8) | 0 : 0) {
                e3 = 0;
                break e;
              }
              e3 = s2[e3 + 10 >> 1] | 0;
              e3 = e3 << 16 >> 16 == 47 | (qe(e3) | 0);
              break;
            }
            case 101: {
              e3 = f2[152] | 0;
              if (!(le(e3 + 2 | 0, 406, 6) | 0)) {
                e3 = s2[e3 + 8 >> 1] | 0;
                e3 = e3 << 16 >> 16 == 47 | (qe(e3) | 0);
              } else e3 = 0;
              break;
            }
            case 102: {
              e3 = f2[152] | 0;
              if (!(le(e3 + 2 | 0, 200, 14) | 0)) {
                e3 = s2[e3 + 16 >> 1] | 0;
                e3 = e3 << 16 >> 16 == 47 | (qe(e3) | 0);
              } else e3 = 0;
              break;
            }
            case 103: {
              e3 = f2[152] | 0;
              if (!(le(e3 + 2 | 0, 458, 10) | 0)) {
                e3 = s2[e3 + 12 >> 1] | 0;
                e3 = e3 << 16 >> 16 == 47 | (qe(e3) | 0);
              } else e3 = 0;
              break;
            }
            case 105: {
              e3 = f2[152] | 0;
              if ((s2[e3 >> 1] | 0) == 105 ? (le(e3 + 2 | 0, 240, 16) | 0) == 0 : 0) {
                e3 = s2[e3 + 18 >> 1] | 0;
                e3 = e3 << 16 >> 16 == 47 | (qe(e3) | 0);
              } else e3 = 0;
              break;
            }
            case 108: {
              e3 = f2[152] | 0;
              if ((s2[e3 + 2 >> 1] | 0) == 101 ? (s2[e3 + 4 >> 1] | 0) == 116 : 0) {
                e3 = s2[e3 + 6 >> 1] | 0;
                e3 = e3 << 16 >> 16 == 47 | (qe(e3) | 0);
              } else e3 = 0;
              break;
            }
            case 109: {
              e3 = f2[152] | 0;
              if (!(le(e3 + 2 | 0, 436, 10) | 0)) {
                e3 = s2[e3 + 12 >> 1] | 0;
                e3 = e3 << 16 >> 16 == 47 | (qe(e3) | 0);
              } else e3 = 0;
              break;
            }
            case 110: {
              e3 = f2[152] | 0;
              if (!(le(e3 + 2 | 0, 412, 16) | 0)) {
                e3 = s2[e3 + 18 >> 1] | 0;
                e3 = e3 << 16 >> 16 == 47 | (qe(e3) | 0);
              } else e3 = 0;
              break;
            }
            case 116: {
              e3 = f2[152] | 0;
              if ((s2[e3 >> 1] | 0) == 116 ? (le(e3 + 2 | 0, 234, 6) | 0) == 0 : 0) {
                e3 = s2[e3 + 8 >> 1] | 0;
                e3 = e3 << 16 >> 16 == 42 | (e3 << 16 >> 16 == 123 | (e3 << 16 >> 16 == 47 | (qe(e3) | 0)));
              } else e3 = 0;
              break;
            }
            case 118: {
              e3 = f2[152] | 0;
              if ((s2[e3 + 2 >> 1] | 0) == 97 ? (s2[e3 + 4 >> 1] | 0) == 114 : 0) {
                e3 = s2[e3 + 6 >> 1] | 0;
                e3 = e3 << 16 >> 16 == 47 | (qe(e3) | 0);
              } else e3 = 0;
              break;
            }
            default:
              e3 = 0;
          }
        } while (0);
        return e3 | 0;
      }
      function A2() {
        var e3 = 0, a3 = 0, i3 = 0, c3 = 0, t3 = 0, b3 = 0;
        e3 = f2[145] | 0;
        a3 = s2[e3 >> 1] | 0;
        e: do {
          if (!(he(a3) | 0)) if (a3 << 16 >> 16 == 41) {
            i3 = s2[565] | 0;
            if (Te(f2[(f2[150] | 0) + ((i3 & 65535) << 3) + 4 >> 2] | 0) | 0) e3 = 1;
            else b3 = 10;
          } else b3 = 9;
          else switch (a3 << 16 >> 16) {
            case 46:
              if (((s2[e3 + -2 >> 1] | 0) + -48 & 65535) < 10) {
                b3 = 9;
                break e;
              } else {
                e3 = 1;
                break e;
              }
            case 43:
              if ((s2[e3 + -2 >> 1] | 0) == 43) {
                b3 = 9;
                break e;
              } else {
                e3 = 1;
                break e;
              }
            case 45:
              if ((s2[e3 + -2 >> 1] | 0) == 45) {
                b3 = 9;
                break e;
              } else {
                e3 = 1;
                break e;
              }
            case 33:
              if (!(r2[1138] | 0)) {
                e3 = 1;
                break e;
              } else {
                b3 = 9;
                break e;
              }
            default: {
              e3 = 1;
              break e;
            }
          }
        } while (0);
        if ((b3 | 0) == 9) {
          i3 = s2[565] | 0;
          b3 = 10;
        }
        e: do {
          if ((b3 | 0) == 10) {
            if (i3 << 16 >> 16 != 0 ? (c3 = f2[150] | 0, t3 = (i3 & 65535) + -1 | 0, a3 << 16 >> 16 == 102 ? (f2[c3 + (t3 << 3) >> 2] | 0) == 1 : 0) : 0) {
              if (((s2[e3 + -2 >> 1] | 0) == 111 ? Y(e3 + -4 | 0) | 0 : 0) ? ve(f2[c3 + (t3 << 3) + 4 >> 2] | 0, 136, 3) | 0 : 0) {
                e3 = 1;
                break;
              }
            } else b3 = 15;
            if ((b3 | 0) == 15 ? a3 << 16 >> 16 == 125 : 0) {
              c3 = f2[150] | 0;
              i3 = i3 & 65535;
              if (be(f2[c3 + (i3 << 3) + 4 >> 2] | 0) | 0) {
                e3 = 1;
                break;
              }
              if ((f2[c3 + (i3 << 3) >> 2] | 0) == 6) {
                e3 = 1;
                break;
              }
            }
            if (!(x(e3) | 0)) {
              switch (a3 << 16 >> 16) {
                case 0: {
                  e3 = 1;
                  break e;
                }
                case 47: {
                  if (r2[1137] | 0) {
                    e3 = 1;
                    break e;
                  }
                  break;
                }
                default: {
                }
              }
              b3 = f2[134] | 0;
              if ((b3 | 0 ? e3 >>> 0 >= (f2[b3 >> 2] | 0) >>> 0 : 0) ? e3 >>> 0 <= (f2[b3 + 4 >> 2] | 0) >>> 0 : 0) {
                e3 = 1;
                break;
              }
              i3 = f2[124] | 0;
              do {
                if (e3 >>> 0 <= i3 >>> 0) break;
                e3 = e3 + -2 | 0;
                a3 = s2[e3 >> 1] | 0;
              } while (!(Oe(a3) | 0));
              if (Pe(a3) | 0) {
                do {
                  if (e3 >>> 0 <= i3 >>> 0) break;
                  e3 = e3 + -2 | 0;
                } while (Pe(s2[e3 >> 1] | 0) | 0);
                e3 = Ae(e3) | 0;
              } else e3 = 0;
            } else e3 = 1;
          }
        } while (0);
        return e3 | 0;
      }
      function g(e3) {
        e3 = e3 | 0;
        var a3 = 0, i3 = 0, c3 = 0, t3 = 0, b3 = 0, k3 = 0, l4 = 0;
        b3 = f2[152] | 0;
        k3 = s2[b3 >> 1] | 0;
        if (k3 << 16 >> 16 == 105) if ((le(b3 + 2 | 0, 240, 16) | 0) == 0 ? (t3 = s2[b3 + 18 >> 1] | 0, t3 << 16 >> 16 == 47 | (qe(t3) | 0)) : 0) {
          a3 = b3 + 18 | 0;
          l4 = 8;
        } else a3 = 0;
        else if (k3 << 16 >> 16 == 116 ? (le(b3 + 2 | 0, 234, 6) | 0) == 0 : 0) {
          a3 = s2[b3 + 8 >> 1] | 0;
          if (qe(a3) | 0) {
            a3 = b3 + 8 | 0;
            l4 = 8;
          } else switch (a3 << 16 >> 16) {
            case 42:
            case 47:
            case 123: {
              a3 = b3 + 8 | 0;
              l4 = 8;
              break;
            }
            default:
              a3 = 0;
          }
        } else a3 = 0;
        e: do {
          if ((l4 | 0) == 8) {
            f2[152] = a3;
            i3 = L(e3 ^ 1) | 0;
            a: do {
              if (!(i3 << 16 >> 16 == 92 | (i3 + -48 & 65535) < 10)) if (((i3 & -33) + -65 & 65535) < 26) a3 = 1;
              else {
                switch (i3 << 16 >> 16) {
                  case 36:
                  case 92:
                  case 95: {
                    a3 = 1;
                    break a;
                  }
                  default: {
                  }
                }
                a3 = (i3 & 65535) > 127;
                l4 = 12;
              }
              else {
                a3 = 0;
                l4 = 12;
              }
            } while (0);
            if ((l4 | 0) == 12) {
              if (!(i3 << 16 >> 16 == 92 | a3)) {
                f2[152] = b3;
                a3 = 0;
                break;
              }
            }
            t3 = f2[152] | 0;
            _(i3) | 0;
            c3 = f2[152] | 0;
            i3 = L(1) | 0;
            do {
              if (i3 << 16 >> 16 == 60) if (U() | 0) {
                i3 = L(1) | 0;
                break;
              } else {
                Le();
                a3 = 1;
                break e;
              }
            } while (0);
            if (!(k3 << 16 >> 16 == 105 | e3 ^ 1 | i3 << 16 >> 16 == 61)) {
              f2[152] = b3;
              a3 = 0;
              break;
            }
            if (!(a3 ^ 1 | e3)) {
              se(t3, c3, t3, c3);
              e3 = (f2[134] | 0) + 25 | 0;
              r2[e3 >> 0] = r2[e3 >> 0] | 4;
            }
            a: do {
              if (k3 << 16 >> 16 == 105) B(i3);
              else {
                i: while (1) {
                  a3 = f2[152] | 0;
                  if (a3 >>> 0 >= (f2[153] | 0) >>> 0) {
                    l4 = 29;
                    break;
                  }
                  switch (i3 << 16 >> 16) {
                    case 59:
                      break a;
                    case 61:
                      break i;
                    default: {
                    }
                  }
                  if (ra(i3) | 0) {
                    l4 = 29;
                    break;
                  }
                  f2[152] = a3 + 2;
                  i3 = L(0) | 0;
                }
                if ((l4 | 0) == 29 ? i3 << 16 >> 16 != 61 : 0) break;
                f2[152] = a3 + 2;
                C(1, 0);
              }
            } while (0);
            f2[152] = (f2[152] | 0) + -2;
            a3 = 1;
          }
        } while (0);
        return a3 | 0;
      }
      function C(e3, a3) {
        e3 = e3 | 0;
        a3 = a3 | 0;
        var i3 = 0, r3 = 0, c3 = 0, t3 = 0;
        e: while (1) {
          i3 = f2[152] | 0;
          if (i3 >>> 0 > (f2[153] | 0) >>> 0) break;
          r3 = s2[i3 >> 1] | 0;
          if (r3 << 16 >> 16 == 59 | r3 << 16 >> 16 == 44 & a3) break;
          a: do {
            if (ra(r3) | 0) if (!e3) if (G(a3) | 0) {
              e3 = 1;
              break;
            } else break e;
            else {
              f2[152] = i3 + 2;
              e3 = 1;
              break;
            }
            else {
              if (Pe(r3) | 0) {
                f2[152] = i3 + 2;
                break;
              }
              if (!(r3 << 16 >> 16 != 125 | (s2[565] | 0) == 0)) break e;
              switch (r3 << 16 >> 16) {
                case 123:
                case 91:
                case 40:
                case 60: {
                  i3 = U() | 0;
                  if (i3) {
                    e3 = e3 & (i3 ^ 1);
                    break a;
                  } else break e;
                }
                default: {
                }
              }
              if (r3 << 16 >> 16 != 47) {
                if ((r3 + -34 & 65535) < 63) {
                  c3 = 0;
                  t3 = 17;
                }
              } else {
                c3 = (s2[i3 + 2 >> 1] | 0) == 42;
                t3 = 17;
              }
              if ((t3 | 0) == 17 ? (t3 = 0, q(r3, 1) | 0) : 0) {
                i3 = f2[152] | 0;
                if (r3 << 16 >> 16 != 47) {
                  f2[152] = i3 + 2;
                  e3 = 0;
                  break;
                }
                r3 = (ra(s2[i3 >> 1] | 0) | 0) ^ 1;
                if (!(c3 ^ 1 | r3)) {
                  f2[152] = i3 + -2;
                  V(1);
                  i3 = f2[152] | 0;
                }
                f2[152] = i3 + 2;
                if (e3 | r3) break;
                if (G(a3) | 0) {
                  e3 = 1;
                  break;
                } else break e;
              }
              i: do {
                if (r3 << 16 >> 16 == 92 | (r3 + -48 & 65535) < 10) if ((r3 + -48 & 65535) < 10) t3 = 29;
                else t3 = 30;
                else if (((r3 & -33) + -65 & 65535) >= 26) {
                  switch (r3 << 16 >> 16) {
                    case 36:
                    case 92:
                    case 95: {
                      t3 = 29;
                      break i;
                    }
                    default: {
                    }
                  }
                  if ((r3 & 65535) <= 127) t3 = 30;
                  else t3 = 29;
                } else t3 = 29;
              } while (0);
              if ((t3 | 0) == 29) {
                t3 = 0;
                e3 = f2[152] | 0;
                _(r3) | 0;
                e3 = Z(e3, f2[152] | 0) | 0;
                break;
              } else if ((t3 | 0) == 30) {
                t3 = 0;
                f2[152] = (f2[152] | 0) + 2;
                e3 = 1;
                break;
              }
            }
          } while (0);
        }
        return;
      }
      function x(e3) {
        e3 = e3 | 0;
        e: do {
          switch (s2[e3 >> 1] | 0) {
            case 100:
              switch (s2[e3 + -2 >> 1] | 0) {
                case 105: {
                  e3 = ve(e3 + -4 | 0, 54, 2) | 0;
                  break e;
                }
                case 108: {
                  e3 = ve(e3 + -4 | 0, 58, 3) | 0;
                  break e;
                }
                default: {
                  e3 = 0;
                  break e;
                }
              }
            case 101:
              switch (s2[e3 + -2 >> 1] | 0) {
                case 115:
                  switch (s2[e3 + -4 >> 1] | 0) {
                    case 108: {
                      e3 = xe(e3 + -6 | 0, 101) | 0;
                      break e;
                    }
                    case 97: {
                      e3 = xe(e3 + -6 | 0, 99) | 0;
                      break e;
                    }
                    default: {
                      e3 = 0;
                      break e;
                    }
                  }
                case 116: {
                  e3 = ve(e3 + -4 | 0, 64, 4) | 0;
                  break e;
                }
                case 117: {
                  e3 = ve(e3 + -4 | 0, 180, 6) | 0;
                  break e;
                }
                default: {
                  e3 = 0;
                  break e;
                }
              }
            case 102: {
              if ((s2[e3 + -2 >> 1] | 0) == 111 ? (s2[e3 + -4 >> 1] | 0) == 101 : 0) switch (s2[e3 + -6 >> 1] | 0) {
                case 99: {
                  e3 = ve(e3 + -8 | 0, 72, 6) | 0;
                  break e;
                }
                case 112: {
                  e3 = ve(e3 + -8 | 0, 84, 2) | 0;
                  break e;
                }
                default: {
                  e3 = 0;
                  break e;
                }
              }
              else e3 = 0;
              break;
            }
            case 107: {
              e3 = ve(e3 + -2 | 0, 172, 4) | 0;
              break;
            }
            case 110: {
              if (xe(e3 + -2 | 0, 105) | 0) e3 = 1;
              else e3 = ve(e3 + -2 | 0, 88, 5) | 0;
              break;
            }
            case 111: {
              e3 = xe(e3 + -2 | 0, 100) | 0;
              break;
            }
            case 114: {
              e3 = ve(e3 + -2 | 0, 98, 7) | 0;
              break;
            }
            case 116: {
              e3 = ve(e3 + -2 | 0, 112, 4) | 0;
              break;
            }
            case 119:
              switch (s2[e3 + -2 >> 1] | 0) {
                case 101: {
                  e3 = xe(e3 + -4 | 0, 110) | 0;
                  break e;
                }
                case 111: {
                  e3 = ve(e3 + -4 | 0, 120, 3) | 0;
                  break e;
                }
                default: {
                  e3 = 0;
                  break e;
                }
              }
            default:
              e3 = 0;
          }
        } while (0);
        return e3 | 0;
      }
      function S(e3) {
        e3 = e3 | 0;
        var a3 = 0, i3 = 0, c3 = 0, t3 = 0, b3 = 0, k3 = 0, l4 = 0;
        a3 = f2[e3 >> 2] | 0;
        if (a3 | 0) {
          oe(a3);
          f2[e3 >> 2] = 0;
        }
        t3 = f2[152] | 0;
        if (t3 >>> 0 < (f2[147] | 0) >>> 0) a3 = 0;
        else {
          b3 = r2[1133] | 0;
          k3 = f2[142] | 0;
          a3 = t3;
          e: while (1) {
            f2[152] = a3 + 2;
            if (a3 >>> 0 >= (f2[153] | 0) >>> 0) {
              l4 = 22;
              break;
            }
            a3 = L(1) | 0;
            switch (a3 << 16 >> 16) {
              case 91:
              case 123: {
                if (!(U() | 0)) {
                  l4 = 22;
                  break e;
                }
                a3 = f2[152] | 0;
                c3 = 0;
                break;
              }
              default: {
                e3 = f2[152] | 0;
                _(a3) | 0;
                a3 = f2[152] | 0;
                if ((a3 | 0) == (e3 | 0)) {
                  l4 = 22;
                  break e;
                } else c3 = e3;
              }
            }
            i3 = L(1) | 0;
            switch (i3 << 16 >> 16) {
              case 61: {
                l4 = 11;
                break e;
              }
              case 59:
              case 58: {
                a3 = 1;
                break e;
              }
              case 33: {
                l4 = 12;
                break e;
              }
              case 44:
                break;
              default: {
                l4 = 13;
                break e;
              }
            }
            a3 = f2[152] | 0;
          }
          if ((l4 | 0) == 11) if (((s2[(f2[152] | 0) + 2 >> 1] | 0) + -61 & 65535) > 1) a3 = 1;
          else l4 = 22;
          else if ((l4 | 0) == 12) {
            e3 = f2[152] | 0;
            if ((s2[e3 + 2 >> 1] | 0) == 58) a3 = 1;
            else {
              i3 = 33;
              l4 = 14;
            }
          } else if ((l4 | 0) == 13) {
            e3 = f2[152] | 0;
            l4 = 14;
          }
          e: do {
            if ((l4 | 0) == 14) if (e3 >>> 0 <= (f2[153] | 0) >>> 0) {
              if (i3 << 16 >> 16 != 91 ? i3 << 16 >> 16 == 62 | (ke(i3) | 0) : 0) {
                l4 = 22;
                break;
              }
              i3 = a3;
              while (1) {
                if (i3 >>> 0 >= e3 >>> 0) {
                  l4 = 22;
                  break e;
                }
                if (ra(s2[i3 >> 1] | 0) | 0) break;
                else i3 = i3 + 2 | 0;
              }
              if (p2(c3, a3, e3, t3) | 0) l4 = 22;
              else a3 = 1;
            } else a3 = 1;
          } while (0);
          if ((l4 | 0) == 22) {
            l4 = f2[147] | 0;
            a3 = f2[152] | 0;
            if ((l4 | 0) == 0 | a3 >>> 0 > l4 >>> 0) {
              f2[147] = a3;
              a3 = 0;
            } else a3 = 0;
          }
          r2[1133] = b3;
          f2[142] = k3;
          f2[152] = t3;
        }
        return a3 | 0;
      }
      function O() {
        var e3 = 0, a3 = 0, i3 = 0, c3 = 0;
        e: do {
          if (r2[1132] | 0) {
            e3 = f2[137] << 1;
            a3 = 4;
            while (1) if (a3 >>> 0 < e3 >>> 0) a3 = a3 << 1;
            else break;
            f2[156] = a3;
            f2[155] = a3 + -1;
            e3 = a3 << 2;
            Je(e3);
            if (!(r2[1133] | 0)) {
              i3 = f2[140] | 0;
              f2[154] = i3;
              f2[140] = i3 + e3;
              e3 = f2[156] | 0;
              a3 = 0;
              while (1) {
                if ((a3 | 0) == (e3 | 0)) break;
                f2[i3 + (a3 << 2) >> 2] = 0;
                a3 = a3 + 1 | 0;
              }
              a3 = f2[155] | 0;
              i3 = f2[154] | 0;
              e3 = 516;
              while (1) {
                e3 = f2[e3 >> 2] | 0;
                if (!e3) break;
                if ((r2[e3 + 24 >> 0] | 0) == 4) {
                  c3 = fe(f2[e3 + 8 >> 2] | 0, f2[e3 + 12 >> 2] | 0) | 0;
                  f2[e3 + 20 >> 2] = c3;
                  f2[e3 + 28 >> 2] = f2[i3 + ((a3 & c3) << 2) >> 2];
                  f2[i3 + ((a3 & c3) << 2) >> 2] = e3;
                }
                e3 = e3 + 32 | 0;
              }
              i3 = f2[152] | 0;
              a3 = 0;
              e3 = 512;
              while (1) {
                e3 = f2[e3 >> 2] | 0;
                if (!e3) {
                  e3 = 26;
                  break;
                }
                if ((f2[e3 + 20 >> 2] | 0) == 1 ? (s2[f2[e3 + 8 >> 2] >> 1] | 0) == 105 : 0) W(e3, a3);
                if (!(f2[137] | 0)) {
                  e3 = 24;
                  break;
                }
                a3 = a3 + 1 | 0;
                e3 = e3 + 52 | 0;
              }
              a: do {
                if ((e3 | 0) == 24) f2[152] = i3;
                else if ((e3 | 0) == 26 ? (c3 = f2[137] | 0, f2[152] = i3, c3 | 0) : 0) {
                  a3 = f2[156] | 0;
                  i3 = f2[154] | 0;
                  c3 = 0;
                  while (1) {
                    if ((c3 | 0) == (a3 | 0)) break a;
                    e3 = i3 + (c3 << 2) | 0;
                    while (1) {
                      e3 = f2[e3 >> 2] | 0;
                      if (!e3) break;
                      if ((r2[e3 + 24 >> 0] | 0) == 4) {
                        r2[e3 + 24 >> 0] = 1;
                        f2[e3 + 20 >> 2] = -1;
                      }
                      e3 = e3 + 28 | 0;
                    }
                    c3 = c3 + 1 | 0;
                  }
                }
              } while (0);
              f2[154] = 0;
            }
          } else {
            e3 = 516;
            while (1) {
              e3 = f2[e3 >> 2] | 0;
              if (!e3) break e;
              if ((r2[e3 + 24 >> 0] | 0) == 4) {
                r2[e3 + 24 >> 0] = 1;
                f2[e3 + 20 >> 2] = -1;
              }
              e3 = e3 + 32 | 0;
            }
          }
        } while (0);
        return;
      }
      function E() {
        var e3 = 0, a3 = 0, i3 = 0;
        a3 = f2[152] | 0;
        e: do {
          if ((le(a3 + 2 | 0, 382, 12) | 0) == 0 ? (e3 = s2[a3 + 14 >> 1] | 0, e3 << 16 >> 16 == 47 | (qe(e3) | 0)) : 0) {
            f2[152] = a3 + 14;
            e3 = L(0) | 0;
            if (!(m2(e3) | 0)) {
              f2[152] = a3;
              e3 = 0;
              break;
            }
            switch (e3 << 16 >> 16) {
              case 105:
              case 116: {
                if (g(1) | 0) {
                  e3 = 1;
                  break e;
                }
                switch (e3 << 16 >> 16) {
                  case 109: {
                    a3 = 20;
                    break;
                  }
                  case 108: {
                    a3 = 9;
                    break;
                  }
                  default:
                    a3 = 21;
                }
                break;
              }
              case 99: {
                if ((s2[(f2[152] | 0) + 2 >> 1] | 0) == 111) a3 = 9;
                else {
                  e3 = 99;
                  a3 = 21;
                }
                break;
              }
              case 102: {
                e3 = 8;
                a3 = 10;
                break;
              }
              case 118:
              case 108: {
                a3 = 9;
                break;
              }
              case 109: {
                a3 = 20;
                break;
              }
              default:
                a3 = 21;
            }
            if ((a3 | 0) == 9) {
              e3 = e3 << 16 >> 16 == 99 ? 5 : 3;
              a3 = 10;
            } else if ((a3 | 0) == 20) {
              f2[152] = (f2[152] | 0) + 12;
              e3 = L(1) | 0;
              a3 = 21;
            }
            do {
              if ((a3 | 0) == 10) {
                f2[152] = (f2[152] | 0) + (e3 << 1);
                e3 = L(1) | 0;
                if ((e3 << 16 >> 16 == 101 ? (i3 = f2[152] | 0, (le(i3 + 2 | 0, 406, 6) | 0) == 0) : 0) ? (i3 = s2[i3 + 8 >> 1] | 0, i3 << 16 >> 16 == 47 | (qe(i3) | 0)) : 0) {
                  B(101);
                  break;
                }
                a: do {
                  if (e3 << 16 >> 16 == 92 | (e3 + -48 & 65535) < 10) e3 = 1;
                  else {
                    i: do {
                      if (((e3 & -33) + -65 & 65535) >= 26) {
                        switch (e3 << 16 >> 16) {
                          case 36:
                          case 92:
                          case 95:
                            break i;
                          default: {
                          }
                        }
                        if ((e3 & 65535) <= 127) {
                          e3 = 1;
                          break a;
                        }
                      }
                    } while (0);
                    _(e3) | 0;
                    e3 = 0;
                  }
                } while (0);
                C(e3, 0);
              } else if ((a3 | 0) == 21) B(e3);
            } while (0);
            f2[152] = (f2[152] | 0) + -2;
            e3 = 1;
          } else e3 = 0;
        } while (0);
        return e3 | 0;
      }
      function I(e3, a3) {
        e3 = e3 | 0;
        a3 = a3 | 0;
        var i3 = 0, r3 = 0, c3 = 0, b3 = 0, k3 = 0, l4 = 0;
        k3 = f2[e3 >> 2] | 0;
        i3 = s2[k3 >> 1] | 0;
        do {
          if (i3 << 16 >> 16 == 92) if ((k3 + 2 | 0) >>> 0 < a3 >>> 0 ? (s2[k3 + 2 >> 1] | 0) == 117 : 0) {
            if ((k3 + 4 | 0) >>> 0 < a3 >>> 0 ? (s2[k3 + 4 >> 1] | 0) == 123 : 0) {
              c3 = 0;
              r3 = k3 + 6 | 0;
              while (1) {
                if (r3 >>> 0 >= a3 >>> 0) break;
                i3 = s2[r3 >> 1] | 0;
                if (i3 << 16 >> 16 == 125) break;
                c3 = (i3 & 15 | c3 << 4) + (((i3 & 65535) >>> 6) * 9 | 0) | 0;
                r3 = r3 + 2 | 0;
              }
              i3 = (r3 | 0) == (a3 | 0);
              r3 = i3 ? k3 + 2 | 0 : r3 + 2 | 0;
              i3 = i3 ? 92 : c3;
              break;
            }
            if ((a3 - (k3 + 4) | 0) >= 8) {
              i3 = t2[k3 + 4 >> 1] | 0;
              i3 = ((i3 >>> 6) * 9 | 0) + (i3 & 15) | 0;
              r3 = k3 + 6 | 0;
              c3 = 1;
              while (1) {
                if ((c3 | 0) == 4) break;
                l4 = t2[r3 >> 1] | 0;
                i3 = (l4 & 15 | i3 << 4) + ((l4 >>> 6) * 9 | 0) | 0;
                r3 = r3 + 2 | 0;
                c3 = c3 + 1 | 0;
              }
              if (((((i3 & -1024 | 0) == 55296 ? (k3 + 24 | 0) >>> 0 <= a3 >>> 0 : 0) ? (s2[k3 + 12 >> 1] | 0) == 92 : 0) ? (s2[k3 + 14 >> 1] | 0) == 117 : 0) ? (b3 = s2[k3 + 16 >> 1] | 0, b3 << 16 >> 16 != 123) : 0) {
                r3 = 3;
                c3 = (((b3 & 65535) >>> 6) * 9 | 0) + (b3 & 15) | 0;
                while (1) {
                  if ((r3 | 0) == 6) break;
                  l4 = t2[k3 + 12 + (r3 << 1) >> 1] | 0;
                  r3 = r3 + 1 | 0;
                  c3 = (l4 & 15 | c3 << 4) + ((l4 >>> 6) * 9 | 0) | 0;
                }
                l4 = (c3 & -1024 | 0) == 56320;
                r3 = l4 ? k3 + 24 | 0 : k3 + 12 | 0;
                i3 = l4 ? (i3 << 10) + -56613888 + c3 | 0 : i3;
              } else r3 = k3 + 12 | 0;
            } else {
              r3 = k3 + 2 | 0;
              i3 = 92;
            }
          } else {
            r3 = k3 + 2 | 0;
            i3 = 92;
          }
          else if ((k3 + 2 | 0) >>> 0 < a3 >>> 0 & (i3 & -1024) << 16 >> 16 == -10240) {
            l4 = s2[k3 + 2 >> 1] | 0;
            r3 = (l4 & -1024) << 16 >> 16 == -9216 ? k3 + 4 | 0 : k3 + 2 | 0;
            i3 = (l4 & -1024) << 16 >> 16 == -9216 ? ((i3 & 65535) << 10) + -56613888 + (l4 & 65535) | 0 : i3 & 65535;
          } else {
            r3 = k3 + 2 | 0;
            i3 = i3 & 65535;
          }
        } while (0);
        f2[e3 >> 2] = r3;
        return i3 | 0;
      }
      function U() {
        var e3 = 0, a3 = 0, i3 = 0, r3 = 0, c3 = 0;
        e3 = f2[152] | 0;
        a3 = s2[e3 >> 1] | 0;
        e: do {
          switch (a3 << 16 >> 16) {
            case 60: {
              i3 = 0;
              while (1) {
                a: while (1) {
                  if (e3 >>> 0 > (f2[153] | 0) >>> 0) {
                    e3 = 0;
                    break e;
                  }
                  a3 = s2[e3 >> 1] | 0;
                  switch (a3 << 16 >> 16) {
                    case 60: {
                      c3 = 6;
                      break a;
                    }
                    case 62: {
                      c3 = 7;
                      break a;
                    }
                    case 123:
                    case 91:
                    case 40:
                      break;
                    default: {
                      c3 = 10;
                      break a;
                    }
                  }
                  if (!(U() | 0)) {
                    e3 = 0;
                    break e;
                  }
                  e3 = f2[152] | 0;
                }
                if ((c3 | 0) == 6) {
                  c3 = 0;
                  a3 = i3 + 1 | 0;
                } else if ((c3 | 0) == 7) {
                  c3 = 0;
                  if ((s2[e3 + -2 >> 1] | 0) != 61) {
                    a3 = i3 + -1 | 0;
                    if (!a3) break;
                  } else a3 = i3;
                } else if ((c3 | 0) == 10) {
                  c3 = 0;
                  if ((a3 + -34 & 65535) < 63) {
                    q(a3, 0) | 0;
                    e3 = f2[152] | 0;
                    a3 = i3;
                  } else a3 = i3;
                }
                e3 = e3 + 2 | 0;
                f2[152] = e3;
                i3 = a3;
              }
              f2[152] = e3 + 2;
              e3 = 1;
              break;
            }
            case 40: {
              r3 = 41;
              c3 = 16;
              break;
            }
            default: {
              r3 = a3 << 16 >> 16 == 91 ? 93 : 125;
              c3 = 16;
            }
          }
        } while (0);
        e: do {
          if ((c3 | 0) == 16) {
            while (1) {
              i3 = e3 + 2 | 0;
              f2[152] = i3;
              if (i3 >>> 0 > (f2[153] | 0) >>> 0) {
                e3 = 0;
                break e;
              }
              a3 = s2[i3 >> 1] | 0;
              if ((r3 | 0) == (a3 & 65535 | 0)) break;
              switch (a3 << 16 >> 16) {
                case 123:
                case 91:
                case 40: {
                  if (!(U() | 0)) {
                    e3 = 0;
                    break e;
                  }
                  e3 = (f2[152] | 0) + -2 | 0;
                  f2[152] = e3;
                  break;
                }
                default:
                  if ((a3 + -34 & 65535) < 63) {
                    q(a3, 0) | 0;
                    e3 = f2[152] | 0;
                  } else e3 = i3;
              }
            }
            f2[152] = e3 + 4;
            e3 = 1;
          }
        } while (0);
        return e3 | 0;
      }
      function N() {
        var e3 = 0, a3 = 0, i3 = 0, r3 = 0, c3 = 0;
        e: do {
          if (!(s2[565] | 0)) {
            switch (f2[146] | 0) {
              case 0:
              case 1:
              case -1:
                break;
              default: {
                e3 = 1;
                break e;
              }
            }
            r3 = f2[145] | 0;
            e3 = s2[r3 >> 1] | 0;
            switch (e3 << 16 >> 16) {
              case 44:
              case 61:
              case 46:
              case 58:
              case 63:
              case 38:
              case 124:
              case 60: {
                e3 = 1;
                break e;
              }
              case 62: {
                if ((s2[r3 + -2 >> 1] | 0) == 61) {
                  e3 = 1;
                  break e;
                }
                break;
              }
              default: {
              }
            }
            if ((e3 & 65535) > 127 & e3 << 16 >> 16 != 160 | (e3 << 16 >> 16 == 92 | (e3 << 16 >> 16 == 95 | (e3 << 16 >> 16 == 36 | ((e3 + -48 & 65535) < 10 | ((e3 | 32) + -97 & 65535) < 26))))) {
              e3 = f2[124] | 0;
              i3 = r3;
              while (1) {
                if (i3 >>> 0 <= e3 >>> 0) break;
                a3 = i3 + -2 | 0;
                c3 = s2[a3 >> 1] | 0;
                if ((c3 & 65535) > 127 & c3 << 16 >> 16 != 160 | (c3 << 16 >> 16 == 92 | (c3 << 16 >> 16 == 95 | (c3 << 16 >> 16 == 36 | ((c3 + -48 & 65535) < 10 | ((c3 | 32) + -97 & 65535) < 26))))) i3 = a3;
                else break;
              }
              if (!(Z(i3, r3 + 2 | 0) | 0)) if ((r3 - i3 | 0) == 12 ? (s2[i3 >> 1] | 0) == 101 : 0) e3 = (le(i3 + 2 | 0, 394, 12) | 0) == 0;
              else e3 = 0;
              else e3 = 1;
            } else e3 = 0;
          } else e3 = 1;
        } while (0);
        return e3 | 0;
      }
      function T() {
        var e3 = 0, a3 = 0, i3 = 0, r3 = 0;
        a3 = f2[153] | 0;
        i3 = f2[152] | 0;
        e: while (1) {
          e3 = i3 + 2 | 0;
          if (i3 >>> 0 >= a3 >>> 0) {
            a3 = 15;
            break;
          }
          switch (s2[e3 >> 1] | 0) {
            case 96: {
              a3 = 8;
              break e;
            }
            case 36: {
              if ((s2[i3 + 4 >> 1] | 0) == 123) {
                a3 = 5;
                break e;
              }
              break;
            }
            case 92: {
              e3 = i3 + 4 | 0;
              break;
            }
            default: {
            }
          }
          i3 = e3;
        }
        do {
          if ((a3 | 0) == 5) {
            a3 = i3 + 4 | 0;
            f2[152] = a3;
            e3 = s2[565] | 0;
            if (e3 << 16 >> 16 == 1024) {
              Le();
              break;
            } else {
              r3 = f2[150] | 0;
              f2[r3 + ((e3 & 65535) << 3) >> 2] = 4;
              s2[565] = e3 + 1 << 16 >> 16;
              f2[r3 + ((e3 & 65535) << 3) + 4 >> 2] = a3;
              break;
            }
          } else if ((a3 | 0) == 8) {
            f2[152] = e3;
            a3 = f2[150] | 0;
            i3 = (s2[565] | 0) + -1 << 16 >> 16;
            s2[565] = i3;
            if ((f2[a3 + ((i3 & 65535) << 3) >> 2] | 0) != 3) Le();
            e3 = s2[564] | 0;
            if (e3 << 16 >> 16 ? (r3 = f2[(f2[151] | 0) + ((e3 & 65535) + -1 << 2) >> 2] | 0, ((t2[565] | 0) + 1 | 0) == (t2[r3 + 48 >> 1] | 0)) : 0) {
              f2[r3 + 44 >> 2] = f2[152];
              s2[r3 + 48 >> 1] = 0;
            }
          } else if ((a3 | 0) == 15) {
            f2[152] = e3;
            Le();
          }
        } while (0);
        return;
      }
      function $(e3) {
        e3 = e3 | 0;
        var a3 = 0, i3 = 0;
        switch (e3 << 16 >> 16) {
          case 101: {
            e3 = f2[152] | 0;
            if ((le(e3 + 2 | 0, 406, 6) | 0) == 0 ? (a3 = s2[e3 + 8 >> 1] | 0, a3 << 16 >> 16 == 47 | (qe(a3) | 0)) : 0) {
              a3 = e3;
              e3 = e3 + 8 | 0;
              i3 = 6;
            } else e3 = 0;
            break;
          }
          case 110: {
            e3 = f2[152] | 0;
            if ((le(e3 + 2 | 0, 412, 16) | 0) == 0 ? (a3 = s2[e3 + 18 >> 1] | 0, a3 << 16 >> 16 == 47 | (qe(a3) | 0)) : 0) {
              a3 = e3;
              e3 = e3 + 18 | 0;
              i3 = 6;
            } else e3 = 0;
            break;
          }
          default:
            e3 = 0;
        }
        if ((i3 | 0) == 6) {
          f2[152] = e3;
          e3 = L(1) | 0;
          e: do {
            if (e3 << 16 >> 16 == 92 | (e3 + -48 & 65535) < 10) e3 = 0;
            else {
              a: do {
                if (((e3 & -33) + -65 & 65535) >= 26) {
                  switch (e3 << 16 >> 16) {
                    case 36:
                    case 92:
                    case 95:
                      break a;
                    default: {
                    }
                  }
                  if ((e3 & 65535) <= 127) {
                    e3 = 0;
                    break e;
                  }
                }
              } while (0);
              a3 = f2[152] | 0;
              _(e3) | 0;
              e3 = f2[152] | 0;
              se(a3, e3, a3, e3);
              e3 = 1;
              a3 = (f2[152] | 0) + -2 | 0;
            }
          } while (0);
          f2[152] = a3;
        }
        return e3 | 0;
      }
      function q(e3, a3) {
        e3 = e3 | 0;
        a3 = a3 | 0;
        e: do {
          if (e3 << 16 >> 16 != 47) {
            if (ia(e3) | 0) {
              X(e3);
              e3 = 1;
              break;
            }
            if (e3 << 16 >> 16 == 96) {
              e3 = f2[152] | 0;
              while (1) {
                a3 = e3 + 2 | 0;
                f2[152] = a3;
                if (a3 >>> 0 > (f2[153] | 0) >>> 0) {
                  e3 = 1;
                  break e;
                }
                switch (s2[a3 >> 1] | 0) {
                  case 96: {
                    e3 = 1;
                    break e;
                  }
                  case 92: {
                    e3 = e3 + 4 | 0;
                    f2[152] = e3;
                    break;
                  }
                  case 36: {
                    e3 = e3 + 4 | 0;
                    if ((s2[e3 >> 1] | 0) == 123) {
                      f2[152] = e3;
                      U() | 0;
                      e3 = (f2[152] | 0) + -2 | 0;
                      f2[152] = e3;
                    } else e3 = a3;
                    break;
                  }
                  default:
                    e3 = a3;
                }
              }
            } else e3 = 0;
          } else switch (s2[(f2[152] | 0) + 2 >> 1] | 0) {
            case 47: {
              Se();
              e3 = 1;
              break e;
            }
            case 42: {
              V(a3 ^ 1);
              e3 = 1;
              break e;
            }
            default: {
              e3 = 0;
              break e;
            }
          }
        } while (0);
        return e3 | 0;
      }
      function P() {
        var e3 = 0, a3 = 0, i3 = 0, r3 = 0;
        r3 = f2[152] | 0;
        if ((L(1) | 0) << 16 >> 16 == 40 ? U() | 0 : 0) {
          e: do {
            if ((L(1) | 0) << 16 >> 16 == 58) while (1) {
              e3 = f2[152] | 0;
              f2[152] = e3 + 2;
              if ((e3 + 2 | 0) >>> 0 > (f2[153] | 0) >>> 0) break e;
              a3 = s2[e3 + 2 >> 1] | 0;
              switch (a3 << 16 >> 16) {
                case 61: {
                  if ((s2[e3 + 4 >> 1] | 0) == 62) break e;
                  else i3 = 12;
                  break;
                }
                case 123:
                case 91:
                case 40:
                case 60: {
                  if (!(U() | 0)) break e;
                  f2[152] = (f2[152] | 0) + -2;
                  break;
                }
                default:
                  if ((a3 + -34 & 65535) < 63) i3 = 12;
              }
              if ((i3 | 0) == 12) {
                i3 = 0;
                q(a3, 0) | 0;
              }
            }
          } while (0);
          e3 = f2[152] | 0;
          if ((s2[e3 >> 1] | 0) == 61) e3 = (s2[e3 + 2 >> 1] | 0) == 62;
          else e3 = 0;
        } else e3 = 0;
        f2[152] = r3;
        return e3 | 0;
      }
      function j(e3) {
        e3 = e3 | 0;
        var a3 = 0, i3 = 0, c3 = 0, t3 = 0, b3 = 0, k3 = 0;
        if (!(s2[565] | 0)) {
          c3 = f2[152] | 0;
          f2[152] = e3;
          b3 = L(1) | 0;
          do {
            if ((f2[146] | 0) == -1) {
              t3 = f2[147] | 0;
              if (!((t3 | 0) != 0 & t3 >>> 0 > e3 >>> 0)) {
                e3 = f2[145] | 0;
                a3 = s2[e3 >> 1] | 0;
                if (a3 << 16 >> 16 == 47) i3 = (r2[1137] ^ 1) & 255;
                else i3 = (a3 << 16 >> 16 == 96 | (a3 << 16 >> 16 == 34 | (a3 << 16 >> 16 == 39 | ((a3 | 32) << 16 >> 16 == 125 | (a3 << 16 >> 16 == 41 | (Ie(a3) | 0)))))) & 1;
                if (!i3) {
                  if (b3 << 16 >> 16 == 44 | ((e3 | 0) != (t3 | 0) | a3 << 16 >> 16 != 62)) break;
                } else if (b3 << 16 >> 16 == 44) break;
                if (!(z(b3) | 0)) k3 = 13;
              }
            } else if (!(N() | 0) ? !(ke(b3) | 0) : 0) k3 = 13;
          } while (0);
          if ((k3 | 0) == 13) f2[146] = 0;
          f2[152] = c3;
        }
        return;
      }
      function B(e3) {
        e3 = e3 | 0;
        var a3 = 0, i3 = 0, r3 = 0;
        e: do {
          if (ia(e3) | 0) {
            X(e3);
            f2[152] = (f2[152] | 0) + 2;
            if ((L(1) | 0) << 16 >> 16 == 123) U() | 0;
          } else {
            a3 = e3;
            while (1) {
              e3 = f2[152] | 0;
              i3 = a3 << 16 >> 16 == 123;
              if (i3 | e3 >>> 0 >= (f2[153] | 0) >>> 0) break;
              switch (a3 << 16 >> 16) {
                case 59:
                  break e;
                case 47: {
                  r3 = 9;
                  break;
                }
                case 91:
                case 40:
                case 60: {
                  if (!(U() | 0)) break e;
                  break;
                }
                default:
                  if (a3 << 16 >> 16 == 96 | (ia(a3) | 0)) r3 = 9;
                  else r3 = 10;
              }
              if ((r3 | 0) == 9) {
                q(a3, 0) | 0;
                e3 = f2[152] | 0;
                r3 = 10;
              }
              if ((r3 | 0) == 10) {
                r3 = 0;
                f2[152] = e3 + 2;
              }
              a3 = L(1) | 0;
            }
            if (i3) U() | 0;
          }
        } while (0);
        return;
      }
      function M(e3, a3, i3, s3) {
        e3 = e3 | 0;
        a3 = a3 | 0;
        i3 = i3 | 0;
        s3 = s3 | 0;
        r2[1132] = 1;
        e: do {
          switch (a3 | 0) {
            case 1: {
              s3 = f2[152] | 0;
              ie(e3) | 0;
              K(s3, f2[152] | 0, 0, 0, 3, i3, 0);
              break;
            }
            case 2: {
              Ce(i3, 0);
              break;
            }
            default: {
              switch (e3 << 16 >> 16) {
                case 42:
                case 123:
                  break;
                default: {
                  a3 = f2[152] | 0;
                  ie(e3) | 0;
                  K(a3, f2[152] | 0, 0, 0, 1, i3, s3);
                  if ((L(1) | 0) << 16 >> 16 != 44) break e;
                  f2[152] = (f2[152] | 0) + 2;
                  e3 = L(1) | 0;
                }
              }
              switch (e3 << 16 >> 16) {
                case 123: {
                  f2[152] = (f2[152] | 0) + 2;
                  $e(i3, s3) | 0;
                  break e;
                }
                case 42: {
                  Ce(i3, s3);
                  break e;
                }
                default:
                  break e;
              }
            }
          }
        } while (0);
        return;
      }
      function z(e3) {
        e3 = e3 | 0;
        e: do {
          switch (e3 << 16 >> 16) {
            case 45:
            case 43: {
              e3 = (s2[(f2[152] | 0) + 2 >> 1] | 0) != e3 << 16 >> 16;
              break;
            }
            case 33: {
              e3 = (s2[(f2[152] | 0) + 2 >> 1] | 0) == 61;
              break;
            }
            case 61:
            case 62:
            case 60:
            case 94:
            case 124:
            case 38:
            case 37:
            case 47:
            case 42:
            case 46:
            case 58:
            case 63:
            case 96:
            case 91:
            case 40: {
              e3 = 1;
              break;
            }
            case 105: {
              e3 = f2[152] | 0;
              if ((s2[e3 + 2 >> 1] | 0) == 110 ? Oe(s2[e3 + 4 >> 1] | 0) | 0 : 0) {
                e3 = 1;
                break e;
              }
              if (((((le(e3, 72, 12) | 0) == 0 ? (s2[e3 + 12 >> 1] | 0) == 99 : 0) ? (s2[e3 + 14 >> 1] | 0) == 101 : 0) ? (s2[e3 + 16 >> 1] | 0) == 111 : 0) ? (s2[e3 + 18 >> 1] | 0) == 102 : 0) e3 = Oe(s2[e3 + 20 >> 1] | 0) | 0;
              else e3 = 0;
              break;
            }
            default:
              e3 = 0;
          }
        } while (0);
        return e3 | 0;
      }
      function D(e3, a3, i3, c3) {
        e3 = e3 | 0;
        a3 = a3 | 0;
        i3 = i3 | 0;
        c3 = c3 | 0;
        var t3 = 0, b3 = 0;
        Je(56);
        b3 = f2[140] | 0;
        f2[140] = b3 + 56;
        t3 = f2[132] | 0;
        f2[((t3 | 0) == 0 ? 512 : t3 + 52 | 0) >> 2] = b3;
        f2[133] = t3;
        f2[132] = b3;
        f2[b3 + 8 >> 2] = e3;
        if (2 == (c3 | 0)) {
          e3 = 3;
          t3 = i3;
        } else {
          e3 = 1 == (c3 | 0) ? 1 : 2;
          t3 = 1 == (c3 | 0) ? i3 + 2 | 0 : 0;
        }
        f2[b3 + 12 >> 2] = t3;
        f2[b3 + 28 >> 2] = e3;
        f2[b3 >> 2] = a3;
        f2[b3 + 4 >> 2] = i3;
        f2[b3 + 16 >> 2] = 0;
        f2[b3 + 20 >> 2] = c3;
        r2[b3 + 24 >> 0] = 1 == (c3 | 0) & 1;
        r2[b3 + 25 >> 0] = 0;
        r2[b3 + 26 >> 0] = 0;
        f2[b3 + 52 >> 2] = 0;
        f2[b3 + 32 >> 2] = 0;
        f2[b3 + 32 + 4 >> 2] = 0;
        f2[b3 + 32 + 8 >> 2] = 0;
        f2[b3 + 32 + 12 >> 2] = 0;
        s2[b3 + 32 + 16 >> 1] = 0;
        f2[136] = (f2[136] | 0) + 1;
        if (1 == (c3 | 0) | 2 == (c3 | 0)) r2[1134] = 1;
        return;
      }
      function F() {
        var e3 = 0, a3 = 0, i3 = 0;
        e3 = f2[152] | 0;
        e: while (1) {
          if (e3 >>> 0 > (f2[153] | 0) >>> 0) {
            e3 = 0;
            break;
          }
          a3 = s2[e3 >> 1] | 0;
          if (a3 << 16 >> 16 == 125) {
            e3 = 125;
            break;
          }
          a: do {
            if (ia(a3) | 0) X(a3);
            else {
              switch (a3 << 16 >> 16) {
                case 47:
                  break;
                case 92:
                  if ((ue() | 0) < 0) {
                    i3 = 11;
                    break e;
                  } else break a;
                default:
                  break a;
              }
              switch (s2[e3 + 2 >> 1] | 0) {
                case 47: {
                  Se();
                  break a;
                }
                case 42: {
                  V(1);
                  break a;
                }
                default:
                  break a;
              }
            }
          } while (0);
          e3 = (f2[152] | 0) + 2 | 0;
          f2[152] = e3;
        }
        if ((i3 | 0) == 11) {
          Le();
          e3 = 0;
        }
        return e3 | 0;
      }
      function G(e3) {
        e3 = e3 | 0;
        var a3 = 0, i3 = 0;
        i3 = f2[152] | 0;
        a3 = L(1) | 0;
        e: do {
          if (a3 << 16 >> 16 == 44 & e3) a3 = 1;
          else {
            switch (a3 << 16 >> 16) {
              case 46:
              case 58:
              case 63:
              case 38:
              case 124: {
                f2[152] = (f2[152] | 0) + 2;
                a3 = 1;
                break e;
              }
              case 61: {
                a3 = f2[152] | 0;
                if ((s2[a3 + 2 >> 1] | 0) == 62) {
                  f2[152] = a3 + 4;
                  a3 = 1;
                  break e;
                }
                break;
              }
              case 101: {
                a3 = f2[152] | 0;
                if ((le(a3 + 2 | 0, 394, 12) | 0) == 0 ? Oe(s2[a3 + 14 >> 1] | 0) | 0 : 0) {
                  f2[152] = a3 + 14;
                  a3 = 1;
                  break e;
                }
                break;
              }
              default: {
              }
            }
            f2[152] = i3;
            a3 = 0;
          }
        } while (0);
        return a3 | 0;
      }
      function H() {
        var e3 = 0, a3 = 0, i3 = 0;
        f2[146] = 0;
        e3 = f2[152] | 0;
        e: while (1) {
          f2[152] = e3 + 2;
          if (e3 >>> 0 >= (f2[153] | 0) >>> 0) {
            a3 = 7;
            break;
          }
          i3 = L(1) | 0;
          a3 = f2[152] | 0;
          i3 = pe(i3) | 0;
          e3 = f2[152] | 0;
          if ((e3 | 0) == (a3 | 0)) {
            e3 = a3;
            a3 = 8;
            break;
          }
          switch (i3 << 16 >> 16) {
            case 44:
              break;
            case 58: {
              a3 = 5;
              break e;
            }
            case 61: {
              a3 = 6;
              break e;
            }
            default: {
              a3 = 8;
              break e;
            }
          }
        }
        if ((a3 | 0) == 5) f2[146] = 1;
        else if ((a3 | 0) == 6) {
          f2[148] = e3;
          f2[146] = -1;
        } else if ((a3 | 0) == 7) {
          e3 = e3 + 2 | 0;
          a3 = 8;
        }
        if ((a3 | 0) == 8) f2[152] = e3 + -2;
        return;
      }
      function J(e3) {
        e3 = e3 | 0;
        var a3 = 0, i3 = 0, c3 = 0;
        while (1) {
          i3 = f2[152] | 0;
          if (i3 >>> 0 > (f2[153] | 0) >>> 0) break;
          c3 = f2[134] | 0;
          e3 = pe(e3) | 0;
          a3 = f2[152] | 0;
          if ((a3 | 0) == (i3 | 0)) break;
          i3 = (c3 | 0) == 0 ? 516 : c3 + 32 | 0;
          while (1) {
            i3 = f2[i3 >> 2] | 0;
            if (!i3) break;
            r2[i3 + 25 >> 0] = r2[i3 + 25 >> 0] | 4;
            i3 = i3 + 32 | 0;
          }
          switch (e3 << 16 >> 16) {
            case 61:
            case 58: {
              f2[152] = a3 + 2;
              C(1, 1);
              e3 = f2[152] | 0;
              a3 = e3;
              e3 = s2[e3 >> 1] | 0;
              break;
            }
            default: {
            }
          }
          if (e3 << 16 >> 16 != 44) break;
          f2[152] = a3 + 2;
          e3 = L(1) | 0;
        }
        return;
      }
      function K(e3, a3, i3, s3, c3, t3, b3) {
        e3 = e3 | 0;
        a3 = a3 | 0;
        i3 = i3 | 0;
        s3 = s3 | 0;
        c3 = c3 | 0;
        t3 = t3 | 0;
        b3 = b3 | 0;
        var k3 = 0, l4 = 0;
        k3 = f2[154] | 0;
        e: do {
          if (k3 | 0) {
            l4 = fe(e3, a3) | 0;
            k3 = k3 + ((f2[155] & l4) << 2) | 0;
            while (1) {
              k3 = f2[k3 >> 2] | 0;
              if (!k3) break e;
              do {
                if ((r2[k3 + 24 >> 0] | 0) == 4 ? (f2[k3 + 20 >> 2] | 0) == (l4 | 0) : 0) {
                  if (b3 ? (r2[k3 + 25 >> 0] & 4) == 0 : 0) break;
                  if (R(f2[k3 + 8 >> 2] | 0, f2[k3 + 12 >> 2] | 0, e3, a3) | 0) Ee(k3, i3, s3, c3, t3);
                }
              } while (0);
              k3 = k3 + 28 | 0;
            }
          }
        } while (0);
        return;
      }
      function L(e3) {
        e3 = e3 | 0;
        var a3 = 0, i3 = 0, r3 = 0;
        i3 = f2[152] | 0;
        e: do {
          a3 = s2[i3 >> 1] | 0;
          a: do {
            if (a3 << 16 >> 16 != 47) if (e3) if (qe(a3) | 0) break;
            else break e;
            else if (Pe(a3) | 0) break;
            else break e;
            else switch (s2[i3 + 2 >> 1] | 0) {
              case 47: {
                Se();
                break a;
              }
              case 42: {
                V(e3);
                break a;
              }
              default: {
                a3 = 47;
                break e;
              }
            }
          } while (0);
          r3 = f2[152] | 0;
          i3 = r3 + 2 | 0;
          f2[152] = i3;
        } while (r3 >>> 0 < (f2[153] | 0) >>> 0);
        return a3 | 0;
      }
      function Q() {
        var e3 = 0, a3 = 0, i3 = 0;
        e3 = f2[149] | 0;
        e: do {
          if ((e3 | 0) != 0 ? (i3 = f2[152] | 0, e3 >>> 0 <= i3 >>> 0) : 0) {
            f2[152] = e3;
            f2[149] = 0;
            e3 = L(1) | 0;
            if (e3 << 16 >> 16 == 42) {
              f2[152] = (f2[152] | 0) + 2;
              e3 = L(1) | 0;
            }
            a3 = f2[152] | 0;
            do {
              if ((a3 | 0) != (i3 | 0)) {
                _(e3) | 0;
                if ((f2[152] | 0) != (a3 | 0) ? (a3 = (L(1) | 0) << 16 >> 16 == 60, a3 & (f2[152] | 0) == (i3 | 0)) : 0) break;
                f2[152] = i3;
                e3 = 0;
                break e;
              }
            } while (0);
            f2[152] = i3;
            e3 = 1;
          } else e3 = 0;
        } while (0);
        return e3 | 0;
      }
      function R(e3, a3, i3, r3) {
        e3 = e3 | 0;
        a3 = a3 | 0;
        i3 = i3 | 0;
        r3 = r3 | 0;
        var s3 = 0, c3 = 0;
        c3 = b2;
        b2 = b2 + 16 | 0;
        f2[c3 + 4 >> 2] = e3;
        f2[c3 >> 2] = i3;
        if ((a3 - e3 | 0) == (r3 - i3 | 0) ? (le(e3, i3, a3 - e3 | 0) | 0) == 0 : 0) i3 = 1;
        else s3 = 3;
        e: do {
          if ((s3 | 0) == 3) {
            while (1) {
              if (!(e3 >>> 0 < a3 >>> 0 & i3 >>> 0 < r3 >>> 0)) break;
              s3 = I(c3 + 4 | 0, a3) | 0;
              if ((s3 | 0) != (I(c3, r3) | 0)) {
                i3 = 0;
                break e;
              }
              e3 = f2[c3 + 4 >> 2] | 0;
              i3 = f2[c3 >> 2] | 0;
            }
            i3 = (e3 | 0) == (a3 | 0) & (i3 | 0) == (r3 | 0);
          }
        } while (0);
        b2 = c3;
        return i3 | 0;
      }
      function V(e3) {
        e3 = e3 | 0;
        var a3 = 0, i3 = 0, r3 = 0;
        a3 = (f2[152] | 0) + 2 | 0;
        f2[152] = a3;
        r3 = f2[153] | 0;
        e: do {
          if (e3) {
            while (1) {
              e3 = a3 + 2 | 0;
              if (a3 >>> 0 >= r3 >>> 0) break e;
              if ((s2[e3 >> 1] | 0) == 42 ? (s2[a3 + 4 >> 1] | 0) == 47 : 0) break;
              a3 = e3;
            }
            e3 = a3 + 4 | 0;
          } else {
            while (1) {
              e3 = a3 + 2 | 0;
              if (a3 >>> 0 >= r3 >>> 0) break e;
              i3 = s2[e3 >> 1] | 0;
              if (ra(i3) | 0) break e;
              if (i3 << 16 >> 16 == 42 ? (s2[a3 + 4 >> 1] | 0) == 47 : 0) break;
              a3 = e3;
            }
            e3 = a3 + 4 | 0;
          }
        } while (0);
        f2[152] = e3;
        return;
      }
      function W(e3, a3) {
        e3 = e3 | 0;
        a3 = a3 | 0;
        var i3 = 0, s3 = 0;
        f2[152] = (f2[e3 + 8 >> 2] | 0) + 12;
        i3 = L(1) | 0;
        s3 = (r2[e3 + 25 >> 0] | 0) != 0;
        if (s3) {
          f2[152] = (f2[152] | 0) + 8;
          i3 = L(1) | 0;
        }
        switch (f2[e3 + 28 >> 2] | 0) {
          case 4: {
            f2[152] = (f2[152] | 0) + 12;
            M(L(1) | 0, 1, a3, 0);
            break;
          }
          case 6: {
            f2[152] = (f2[152] | 0) + 10;
            M(L(1) | 0, 2, a3, 0);
            break;
          }
          default:
            if (!(ia(i3) | 0)) M(i3, 0, a3, s3);
        }
        return;
      }
      function X(e3) {
        e3 = e3 | 0;
        var a3 = 0, i3 = 0, r3 = 0, c3 = 0;
        c3 = f2[153] | 0;
        a3 = f2[152] | 0;
        while (1) {
          r3 = a3 + 2 | 0;
          if (a3 >>> 0 >= c3 >>> 0) {
            a3 = 9;
            break;
          }
          i3 = s2[r3 >> 1] | 0;
          if (i3 << 16 >> 16 == e3 << 16 >> 16) {
            a3 = 10;
            break;
          }
          if (i3 << 16 >> 16 == 92) {
            i3 = a3 + 4 | 0;
            if ((s2[i3 >> 1] | 0) == 13) {
              a3 = a3 + 6 | 0;
              a3 = (s2[a3 >> 1] | 0) == 10 ? a3 : i3;
            } else a3 = i3;
          } else if (ra(i3) | 0) {
            a3 = 9;
            break;
          } else a3 = r3;
        }
        if ((a3 | 0) == 9) {
          f2[152] = r3;
          Le();
        } else if ((a3 | 0) == 10) f2[152] = r3;
        return;
      }
      function Y(e3) {
        e3 = e3 | 0;
        var a3 = 0, i3 = 0;
        a3 = s2[e3 >> 1] | 0;
        if (qe(a3) | 0) i3 = 3;
        else switch (a3 << 16 >> 16) {
          case 41:
          case 125:
          case 93: {
            i3 = 3;
            break;
          }
          default:
            e3 = 0;
        }
        e: do {
          if ((i3 | 0) == 3) {
            i3 = f2[124] | 0;
            while (1) {
              if (e3 >>> 0 <= i3 >>> 0) break;
              e3 = e3 + -2 | 0;
              if (!(qe(a3) | 0)) break;
              a3 = s2[e3 >> 1] | 0;
            }
            switch (a3 << 16 >> 16) {
              case 41:
              case 125:
              case 93: {
                e3 = 1;
                break e;
              }
              default: {
              }
            }
            e3 = (ne(a3) | 0) ^ 1;
          }
        } while (0);
        return e3 | 0;
      }
      function Z(e3, a3) {
        e3 = e3 | 0;
        a3 = a3 | 0;
        switch (a3 - e3 >> 1 | 0) {
          case 3: {
            a3 = (le(e3, 256, 6) | 0) == 0;
            break;
          }
          case 5: {
            if (!(le(e3, 262, 10) | 0)) a3 = 1;
            else a3 = (le(e3, 272, 10) | 0) == 0;
            break;
          }
          case 6: {
            if ((le(e3, 282, 12) | 0) != 0 ? (le(e3, 294, 12) | 0) != 0 : 0) a3 = (le(e3, 306, 12) | 0) == 0;
            else a3 = 1;
            break;
          }
          case 8: {
            if (!(le(e3, 318, 16) | 0)) a3 = 1;
            else a3 = (le(e3, 334, 16) | 0) == 0;
            break;
          }
          default:
            a3 = 0;
        }
        return a3 | 0;
      }
      function _(e3) {
        e3 = e3 | 0;
        var a3 = 0;
        while (1) {
          if (e3 << 16 >> 16 == 92) {
            e3 = ue() | 0;
            if ((e3 | 0) < 0) {
              e3 = 0;
              break;
            }
            if (!e3) {
              e3 = 92;
              a3 = 7;
            } else {
              e3 = (f2[152] | 0) + 2 | 0;
              f2[152] = e3;
              e3 = s2[e3 >> 1] | 0;
            }
          } else a3 = 7;
          if ((a3 | 0) == 7) {
            a3 = 0;
            if (qe(e3) | 0) break;
            if (ne(e3) | 0) break;
            e3 = (f2[152] | 0) + 2 | 0;
            f2[152] = e3;
            e3 = s2[e3 >> 1] | 0;
            if (!(e3 << 16 >> 16)) {
              e3 = 0;
              break;
            }
          }
        }
        return e3 | 0;
      }
      function ee(e3, a3) {
        e3 = e3 | 0;
        a3 = a3 | 0;
        var i3 = 0, r3 = 0, c3 = 0, t3 = 0;
        i3 = f2[152] | 0;
        r3 = s2[i3 >> 1] | 0;
        c3 = (e3 | 0) == (a3 | 0) ? 0 : e3;
        t3 = (e3 | 0) == (a3 | 0) ? 0 : a3;
        if (r3 << 16 >> 16 == 97) {
          f2[152] = i3 + 4;
          i3 = L(1) | 0;
          e3 = f2[152] | 0;
          if (ia(i3) | 0) {
            X(i3);
            a3 = (f2[152] | 0) + 2 | 0;
            f2[152] = a3;
          } else {
            ie(i3) | 0;
            a3 = f2[152] | 0;
          }
          r3 = L(1) | 0;
          i3 = f2[152] | 0;
        }
        if ((i3 | 0) != (e3 | 0)) se(e3, a3, c3, t3);
        return r3 | 0;
      }
      function ae() {
        var e3 = 0, a3 = 0, i3 = 0, c3 = 0;
        a3 = f2[152] | 0;
        r2[1140] = 0;
        i3 = f2[153] | 0;
        e: while (1) {
          e3 = a3 + 2 | 0;
          if (a3 >>> 0 >= i3 >>> 0) {
            e3 = 0;
            break;
          }
          switch (s2[e3 >> 1] | 0) {
            case 96: {
              c3 = 8;
              break e;
            }
            case 92: {
              e3 = a3 + 4 | 0;
              break;
            }
            case 13: {
              r2[1140] = 1;
              break;
            }
            case 36: {
              if ((s2[a3 + 4 >> 1] | 0) == 123) {
                e3 = 0;
                break e;
              }
              break;
            }
            default: {
            }
          }
          a3 = e3;
        }
        if ((c3 | 0) == 8) {
          f2[152] = e3;
          e3 = 1;
        }
        return e3 | 0;
      }
      function ie(e3) {
        e3 = e3 | 0;
        e: while (1) {
          a: do {
            if (!((e3 + -48 & 65535) < 10 | ((e3 & -33) + -65 & 65535) < 26)) {
              switch (e3 << 16 >> 16) {
                case 36:
                case 92:
                case 95:
                  break a;
                default: {
                }
              }
              if ((e3 & 65535) <= 127) break e;
            }
          } while (0);
          if (qe(e3) | 0) break;
          if (e3 << 16 >> 16 == 92 ? (ue() | 0) < 0 : 0) {
            e3 = 0;
            break;
          }
          e3 = (f2[152] | 0) + 2 | 0;
          f2[152] = e3;
          e3 = s2[e3 >> 1] | 0;
        }
        return e3 | 0;
      }
      function re() {
        var e3 = 0, a3 = 0, i3 = 0;
        i3 = f2[153] | 0;
        a3 = f2[152] | 0;
        e: while (1) {
          e3 = a3 + 2 | 0;
          if (a3 >>> 0 >= i3 >>> 0) {
            a3 = 6;
            break;
          }
          switch (s2[e3 >> 1] | 0) {
            case 13:
            case 10: {
              a3 = 6;
              break e;
            }
            case 93: {
              a3 = 7;
              break e;
            }
            case 92: {
              e3 = a3 + 4 | 0;
              break;
            }
            default: {
            }
          }
          a3 = e3;
        }
        if ((a3 | 0) == 6) {
          f2[152] = e3;
          Le();
          e3 = 0;
        } else if ((a3 | 0) == 7) {
          f2[152] = e3;
          e3 = 93;
        }
        return e3 | 0;
      }
      function se(e3, a3, i3, s3) {
        e3 = e3 | 0;
        a3 = a3 | 0;
        i3 = i3 | 0;
        s3 = s3 | 0;
        var c3 = 0, t3 = 0;
        Je(36);
        c3 = f2[140] | 0;
        f2[140] = c3 + 36;
        t3 = f2[134] | 0;
        f2[((t3 | 0) == 0 ? 516 : t3 + 32 | 0) >> 2] = c3;
        f2[134] = c3;
        f2[c3 >> 2] = e3;
        f2[c3 + 4 >> 2] = a3;
        f2[c3 + 8 >> 2] = i3;
        f2[c3 + 12 >> 2] = s3;
        f2[c3 + 16 >> 2] = f2[135];
        f2[c3 + 20 >> 2] = -1;
        r2[c3 + 24 >> 0] = 1;
        r2[c3 + 25 >> 0] = 0;
        f2[c3 + 32 >> 2] = 0;
        r2[1134] = 1;
        return;
      }
      function fe(e3, a3) {
        e3 = e3 | 0;
        a3 = a3 | 0;
        var i3 = 0, r3 = 0, f3 = 0;
        r3 = e3;
        f3 = 0;
        while (1) {
          if (r3 >>> 0 >= a3 >>> 0) {
            r3 = 6;
            break;
          }
          i3 = s2[r3 >> 1] | 0;
          if (i3 << 16 >> 16 == 92 | (i3 & -1024) << 16 >> 16 == -10240) {
            r3 = 5;
            break;
          }
          i3 = (f3 + (i3 & 65535) | 0) * 1025 | 0;
          r3 = r3 + 2 | 0;
          f3 = i3 >>> 6 ^ i3;
        }
        if ((r3 | 0) == 5) i3 = de(e3, a3) | 0;
        else if ((r3 | 0) == 6) {
          i3 = f3 * 9 | 0;
          i3 = (i3 >>> 11 ^ i3) * 32769 | 0;
        }
        return i3 | 0;
      }
      function ce() {
        var e3 = 0, a3 = 0;
        e: while (1) {
          e3 = f2[152] | 0;
          f2[152] = e3 + 2;
          if (e3 >>> 0 >= (f2[153] | 0) >>> 0) {
            a3 = 7;
            break;
          }
          switch (s2[e3 + 2 >> 1] | 0) {
            case 13:
            case 10: {
              a3 = 7;
              break e;
            }
            case 47:
              break e;
            case 91: {
              re() | 0;
              break;
            }
            case 92: {
              f2[152] = e3 + 4;
              break;
            }
            default: {
            }
          }
        }
        if ((a3 | 0) == 7) Le();
        return;
      }
      function te(e3) {
        e3 = e3 | 0;
        var a3 = 0, i3 = 0, s3 = 0, c3 = 0, t3 = 0, b3 = 0;
        a3 = f2[152] | 0;
        i3 = r2[1133] | 0;
        s3 = f2[142] | 0;
        t3 = U() | 0;
        if (t3 & e3) {
          if (P() | 0) b3 = 4;
        } else if (t3) b3 = 4;
        if ((b3 | 0) == 4 ? (b3 = f2[147] | 0, c3 = f2[152] | 0, (b3 | 0) == 0 | c3 >>> 0 > b3 >>> 0) : 0) f2[147] = c3;
        r2[1133] = i3;
        f2[142] = s3;
        f2[152] = a3;
        return;
      }
      function be(e3) {
        e3 = e3 | 0;
        switch (s2[e3 >> 1] | 0) {
          case 62: {
            e3 = (s2[e3 + -2 >> 1] | 0) == 61;
            break;
          }
          case 41:
          case 59: {
            e3 = 1;
            break;
          }
          case 104: {
            e3 = ve(e3 + -2 | 0, 146, 4) | 0;
            break;
          }
          case 121: {
            e3 = ve(e3 + -2 | 0, 154, 6) | 0;
            break;
          }
          case 101: {
            e3 = ve(e3 + -2 | 0, 166, 3) | 0;
            break;
          }
          default:
            e3 = 0;
        }
        return e3 | 0;
      }
      function ke(e3) {
        e3 = e3 | 0;
        var a3 = 0;
        switch (e3 << 16 >> 16) {
          case 61:
          case 46:
          case 58:
          case 63:
          case 38:
          case 124:
          case 91:
          case 60:
          case 44: {
            e3 = 1;
            break;
          }
          case 101: {
            e3 = f2[152] | 0;
            if (!(le(e3 + 2 | 0, 394, 12) | 0)) {
              e3 = Oe(s2[e3 + 14 >> 1] | 0) | 0;
              a3 = 4;
            } else {
              e3 = 0;
              a3 = 4;
            }
            break;
          }
          default: {
            e3 = 0;
            a3 = 4;
          }
        }
        return e3 | 0;
      }
      function le(e3, a3, i3) {
        e3 = e3 | 0;
        a3 = a3 | 0;
        i3 = i3 | 0;
        var s3 = 0, f3 = 0;
        e: do {
          if (!i3) e3 = 0;
          else {
            while (1) {
              s3 = r2[e3 >> 0] | 0;
              f3 = r2[a3 >> 0] | 0;
              if (s3 << 24 >> 24 != f3 << 24 >> 24) break;
              i3 = i3 + -1 | 0;
              if (!i3) {
                e3 = 0;
                break e;
              } else {
                e3 = e3 + 1 | 0;
                a3 = a3 + 1 | 0;
              }
            }
            e3 = (s3 & 255) - (f3 & 255) | 0;
          }
        } while (0);
        return e3 | 0;
      }
      function ne(e3) {
        e3 = e3 | 0;
        e: do {
          switch (e3 << 16 >> 16) {
            case 38:
            case 37:
            case 33: {
              e3 = 1;
              break;
            }
            default:
              if ((e3 & -8) << 16 >> 16 == 40 | (e3 + -58 & 65535) < 6) e3 = 1;
              else {
                switch (e3 << 16 >> 16) {
                  case 91:
                  case 93:
                  case 94: {
                    e3 = 1;
                    break e;
                  }
                  default: {
                  }
                }
                e3 = (e3 + -123 & 65535) < 4;
              }
          }
        } while (0);
        return e3 | 0;
      }
      function ue() {
        var e3 = 0, a3 = 0, i3 = 0;
        e3 = f2[152] | 0;
        a3 = f2[153] | 0;
        if (((e3 + 4 | 0) >>> 0 <= a3 >>> 0 ? (s2[e3 + 2 >> 1] | 0) == 117 : 0) ? (s2[e3 + 4 >> 1] | 0) == 123 : 0) {
          i3 = e3 + 6 | 0;
          while (1) {
            if (i3 >>> 0 > a3 >>> 0) {
              e3 = -1;
              break;
            }
            if ((s2[i3 >> 1] | 0) == 125) {
              e3 = 1;
              break;
            } else i3 = i3 + 2 | 0;
          }
          f2[152] = i3;
        } else e3 = 0;
        return e3 | 0;
      }
      function oe(e3) {
        e3 = e3 | 0;
        var a3 = 0, i3 = 0, s3 = 0, c3 = 0;
        i3 = f2[152] | 0;
        if (i3 >>> 0 > e3 >>> 0) {
          f2[152] = e3;
          e3 = r2[1133] | 0;
          a3 = f2[142] | 0;
          if ((U() | 0 ? P() | 0 : 0) ? (c3 = f2[147] | 0, s3 = f2[152] | 0, (c3 | 0) == 0 | s3 >>> 0 > c3 >>> 0) : 0) f2[147] = s3;
          r2[1133] = e3;
          f2[142] = a3;
          f2[152] = i3;
        }
        return;
      }
      function he(e3) {
        e3 = e3 | 0;
        e: do {
          switch (e3 << 16 >> 16) {
            case 38:
            case 37:
            case 33:
              break;
            default:
              if (!((e3 + -58 & 65535) < 6 | (e3 + -40 & 65535) < 7 & e3 << 16 >> 16 != 41)) {
                switch (e3 << 16 >> 16) {
                  case 91:
                  case 94:
                    break e;
                  default: {
                  }
                }
                return e3 << 16 >> 16 != 125 & (e3 + -123 & 65535) < 4 | 0;
              }
          }
        } while (0);
        return 1;
      }
      function we(e3) {
        e3 = e3 | 0;
        var a3 = 0;
        a3 = s2[e3 >> 1] | 0;
        e: do {
          if ((a3 + -9 & 65535) >= 5) {
            switch (a3 << 16 >> 16) {
              case 160:
              case 32: {
                a3 = 1;
                break e;
              }
              default: {
              }
            }
            if (ne(a3) | 0) return a3 << 16 >> 16 != 46 | (je(e3) | 0) | 0;
            else a3 = 0;
          } else a3 = 1;
        } while (0);
        return a3 | 0;
      }
      function de(e3, a3) {
        e3 = e3 | 0;
        a3 = a3 | 0;
        var i3 = 0, r3 = 0, s3 = 0;
        r3 = b2;
        b2 = b2 + 16 | 0;
        f2[r3 >> 2] = e3;
        i3 = 0;
        while (1) {
          if (e3 >>> 0 >= a3 >>> 0) break;
          s3 = ((I(r3, a3) | 0) + i3 | 0) * 1025 | 0;
          e3 = f2[r3 >> 2] | 0;
          i3 = s3 >>> 6 ^ s3;
        }
        s3 = i3 * 9 | 0;
        b2 = r3;
        return (s3 >>> 11 ^ s3) * 32769 | 0;
      }
      function ve(e3, a3, i3) {
        e3 = e3 | 0;
        a3 = a3 | 0;
        i3 = i3 | 0;
        var r3 = 0, s3 = 0;
        s3 = e3 + (0 - i3 << 1) + 2 | 0;
        r3 = f2[124] | 0;
        if (s3 >>> 0 >= r3 >>> 0 ? (le(s3, a3, i3 << 1) | 0) == 0 : 0) if ((s3 | 0) == (r3 | 0)) r3 = 1;
        else r3 = we(e3 + (0 - i3 << 1) | 0) | 0;
        else r3 = 0;
        return r3 | 0;
      }
      function pe(e3) {
        e3 = e3 | 0;
        var a3 = 0;
        switch (e3 << 16 >> 16) {
          case 91:
          case 123: {
            v2();
            f2[152] = (f2[152] | 0) + 2;
            break;
          }
          default: {
            a3 = f2[152] | 0;
            _(e3) | 0;
            e3 = f2[152] | 0;
            if (e3 >>> 0 > a3 >>> 0) se(a3, e3, a3, e3);
          }
        }
        return L(1) | 0;
      }
      function ye() {
        var e3 = 0;
        e3 = f2[145] | 0;
        switch (s2[e3 >> 1] | 0) {
          case 119: {
            e3 = ve(e3, 256, 3) | 0;
            break;
          }
          case 115: {
            if (xe(e3 + -2 | 0, 97) | 0) e3 = 1;
            else e3 = ve(e3, 468, 9) | 0;
            break;
          }
          default:
            e3 = 0;
        }
        return e3 | 0;
      }
      function me(e3) {
        e3 = e3 | 0;
        var a3 = 0;
        f2[138] = e3;
        a3 = f2[124] | 0;
        s2[a3 + (e3 << 1) >> 1] = 0;
        f2[139] = a3 + ((e3 | 1) << 1) + 2;
        f2[140] = a3 + ((e3 | 1) << 1) + 2;
        f2[128] = 0;
        f2[132] = 0;
        f2[130] = 0;
        f2[129] = 0;
        f2[134] = 0;
        f2[131] = 0;
        f2[136] = 0;
        f2[137] = 0;
        r2[1132] = 0;
        return a3 | 0;
      }
      function Ae(e3) {
        e3 = e3 | 0;
        switch (s2[e3 >> 1] | 0) {
          case 107: {
            e3 = ve(e3 + -2 | 0, 172, 4) | 0;
            break;
          }
          case 101: {
            if ((s2[e3 + -2 >> 1] | 0) == 117) e3 = ve(e3 + -4 | 0, 180, 6) | 0;
            else e3 = 0;
            break;
          }
          default:
            e3 = 0;
        }
        return e3 | 0;
      }
      function ge() {
        var e3 = 0, a3 = 0;
        if (r2[1135] | 0) {
          e3 = f2[143] | 0;
          if (!e3) e3 = 0;
          else {
            e3 = e3 + 4 | 0;
            a3 = 5;
          }
        } else {
          r2[1135] = 1;
          e3 = (f2[130] | 0) + 36 | 0;
          a3 = 5;
        }
        if ((a3 | 0) == 5) {
          e3 = f2[e3 >> 2] | 0;
          f2[143] = e3;
          e3 = (e3 | 0) != 0;
        }
        return e3 | 0;
      }
      function Ce(e3, a3) {
        e3 = e3 | 0;
        a3 = a3 | 0;
        var i3 = 0, r3 = 0;
        f2[152] = (f2[152] | 0) + 2;
        L(1) | 0;
        f2[152] = (f2[152] | 0) + 4;
        r3 = L(1) | 0;
        i3 = f2[152] | 0;
        ie(r3) | 0;
        K(i3, f2[152] | 0, 0, 0, 2, e3, a3);
        return;
      }
      function xe(e3, a3) {
        e3 = e3 | 0;
        a3 = a3 | 0;
        var i3 = 0;
        i3 = f2[124] | 0;
        if (i3 >>> 0 <= e3 >>> 0 ? (s2[e3 >> 1] | 0) == a3 << 16 >> 16 : 0) if ((i3 | 0) == (e3 | 0)) i3 = 1;
        else i3 = Oe(s2[e3 + -2 >> 1] | 0) | 0;
        else i3 = 0;
        return i3 | 0;
      }
      function Se() {
        var e3 = 0, a3 = 0, i3 = 0;
        e3 = f2[153] | 0;
        i3 = f2[152] | 0;
        e: while (1) {
          a3 = i3 + 2 | 0;
          if (i3 >>> 0 >= e3 >>> 0) break;
          switch (s2[a3 >> 1] | 0) {
            case 13:
            case 10:
              break e;
            default:
              i3 = a3;
          }
        }
        f2[152] = a3;
        return;
      }
      function Oe(e3) {
        e3 = e3 | 0;
        e: do {
          if ((e3 + -9 & 65535) < 5) e3 = 1;
          else {
            switch (e3 << 16 >> 16) {
              case 32:
              case 160: {
                e3 = 1;
                break e;
              }
              default: {
              }
            }
            e3 = e3 << 16 >> 16 != 46 & (ne(e3) | 0);
          }
        } while (0);
        return e3 | 0;
      }
      function Ee(e3, a3, i3, s3, c3) {
        e3 = e3 | 0;
        a3 = a3 | 0;
        i3 = i3 | 0;
        s3 = s3 | 0;
        c3 = c3 | 0;
        f2[e3 + 8 >> 2] = a3;
        f2[e3 + 12 >> 2] = i3;
        f2[e3 + 20 >> 2] = c3;
        r2[e3 + 25 >> 0] = r2[e3 + 25 >> 0] & 4 | s3;
        r2[e3 + 24 >> 0] = 2;
        f2[137] = (f2[137] | 0) + -1;
        return;
      }
      function Ie(e3) {
        e3 = e3 | 0;
        e: do {
          if (((e3 & -33) + -65 & 65535) < 26 | (e3 + -48 & 65535) < 10) e3 = 1;
          else {
            switch (e3 << 16 >> 16) {
              case 36:
              case 95: {
                e3 = 1;
                break e;
              }
              default: {
              }
            }
            e3 = (e3 & 65535) > 127;
          }
        } while (0);
        return e3 | 0;
      }
      function Ue() {
        var e3 = 0;
        e3 = f2[145] | 0;
        if (((s2[e3 >> 1] | 0) == 99 ? (e3 + -8 | 0) >>> 0 >= (f2[124] | 0) >>> 0 : 0) ? (le(e3 + -6 | 0, 192, 8) | 0) == 0 : 0) e3 = xe(e3 + -8 | 0, 97) | 0;
        else e3 = 0;
        return e3 | 0;
      }
      function Ne() {
        var e3 = 0;
        e3 = f2[(f2[130] | 0) + 20 >> 2] | 0;
        switch (e3 | 0) {
          case 1: {
            e3 = -1;
            break;
          }
          case 2: {
            e3 = -2;
            break;
          }
          default:
            e3 = e3 - (f2[124] | 0) >> 1;
        }
        return e3 | 0;
      }
      function Te(e3) {
        e3 = e3 | 0;
        if (!(ve(e3, 126, 5) | 0) ? !(ve(e3, 136, 3) | 0) : 0) e3 = ve(e3, 142, 2) | 0;
        else e3 = 1;
        return e3 | 0;
      }
      function $e(e3, a3) {
        e3 = e3 | 0;
        a3 = a3 | 0;
        r2[1132] = 1;
        if (!(f2[154] | 0)) e3 = F() | 0;
        else e3 = o3(e3, a3) | 0;
        return e3 | 0;
      }
      function qe(e3) {
        e3 = e3 | 0;
        switch (e3 << 16 >> 16) {
          case 160:
          case 9:
          case 10:
          case 11:
          case 12:
          case 13:
          case 32: {
            e3 = 1;
            break;
          }
          default:
            e3 = 0;
        }
        return e3 | 0;
      }
      function Pe(e3) {
        e3 = e3 | 0;
        switch (e3 << 16 >> 16) {
          case 160:
          case 32:
          case 12:
          case 11:
          case 9: {
            e3 = 1;
            break;
          }
          default:
            e3 = 0;
        }
        return e3 | 0;
      }
      function je(e3) {
        e3 = e3 | 0;
        if ((s2[e3 >> 1] | 0) == 46 ? (s2[e3 + -2 >> 1] | 0) == 46 : 0) e3 = (s2[e3 + -4 >> 1] | 0) == 46;
        else e3 = 0;
        return e3 | 0;
      }
      function Be() {
        var e3 = 0;
        e3 = f2[144] | 0;
        e3 = f2[((e3 | 0) == 0 ? (f2[130] | 0) + 32 | 0 : e3 + 16 | 0) >> 2] | 0;
        f2[144] = e3;
        return (e3 | 0) != 0 | 0;
      }
      function Me(e3) {
        e3 = e3 | 0;
        if ((f2[124] | 0) == (e3 | 0)) e3 = 1;
        else e3 = we(e3 + -2 | 0) | 0;
        return e3 | 0;
      }
      function ze() {
        var e3 = 0;
        e3 = f2[(f2[131] | 0) + 12 >> 2] | 0;
        if (!e3) e3 = -1;
        else e3 = e3 - (f2[124] | 0) >> 1;
        return e3 | 0;
      }
      function De() {
        var e3 = 0;
        e3 = f2[(f2[130] | 0) + 12 >> 2] | 0;
        if (!e3) e3 = -1;
        else e3 = e3 - (f2[124] | 0) >> 1;
        return e3 | 0;
      }
      function Fe() {
        var e3 = 0;
        e3 = f2[(f2[131] | 0) + 8 >> 2] | 0;
        if (!e3) e3 = -1;
        else e3 = e3 - (f2[124] | 0) >> 1;
        return e3 | 0;
      }
      function Ge() {
        var e3 = 0;
        e3 = f2[(f2[130] | 0) + 16 >> 2] | 0;
        if (!e3) e3 = -1;
        else e3 = e3 - (f2[124] | 0) >> 1;
        return e3 | 0;
      }
      function He() {
        var e3 = 0;
        e3 = f2[(f2[130] | 0) + 4 >> 2] | 0;
        if (!e3) e3 = -1;
        else e3 = e3 - (f2[124] | 0) >> 1;
        return e3 | 0;
      }
      function Je(e3) {
        e3 = e3 | 0;
        if (((f2[140] | 0) + e3 | 0) >>> 0 > (f2[141] | 0) >>> 0) We();
        return;
      }
      function Ke() {
        var e3 = 0;
        e3 = f2[130] | 0;
        e3 = f2[((e3 | 0) == 0 ? 512 : e3 + 52 | 0) >> 2] | 0;
        f2[130] = e3;
        return (e3 | 0) != 0 | 0;
      }
      function Le() {
        r2[1133] = 1;
        f2[142] = (f2[152] | 0) - (f2[124] | 0) >> 1;
        f2[152] = (f2[153] | 0) + 2;
        return;
      }
      function Qe() {
        var e3 = 0;
        e3 = f2[131] | 0;
        e3 = f2[((e3 | 0) == 0 ? 516 : e3 + 32 | 0) >> 2] | 0;
        f2[131] = e3;
        return e3 | 0;
      }
      function Re() {
        var e3 = 0;
        e3 = f2[130] | 0;
        return f2[e3 + 28 >> 2] | r2[e3 + 25 >> 0] << 4 & 255 | 0;
      }
      function Ve() {
        var e3 = 0;
        e3 = f2[131] | 0;
        return (r2[e3 + 25 >> 0] & 4 | r2[e3 + 24 >> 0]) & 255 | 0;
      }
      function We() {
        f2[140] = f2[139];
        f2[142] = -1;
        r2[1133] = 1;
        return;
      }
      function Xe() {
        return (f2[(f2[131] | 0) + 16 >> 2] | 0) - (f2[124] | 0) >> 1 | 0;
      }
      function Ye() {
        return (f2[(f2[144] | 0) + 12 >> 2] | 0) - (f2[124] | 0) >> 1 | 0;
      }
      function Ze() {
        return (f2[(f2[144] | 0) + 8 >> 2] | 0) - (f2[124] | 0) >> 1 | 0;
      }
      function _e() {
        return (f2[(f2[144] | 0) + 4 >> 2] | 0) - (f2[124] | 0) >> 1 | 0;
      }
      function ea() {
        return (f2[(f2[130] | 0) + 8 >> 2] | 0) - (f2[124] | 0) >> 1 | 0;
      }
      function aa() {
        return (f2[(f2[131] | 0) + 4 >> 2] | 0) - (f2[124] | 0) >> 1 | 0;
      }
      function ia(e3) {
        e3 = e3 | 0;
        return e3 << 16 >> 16 == 39 | e3 << 16 >> 16 == 34 | 0;
      }
      function ra(e3) {
        e3 = e3 | 0;
        return e3 << 16 >> 16 == 13 | e3 << 16 >> 16 == 10 | 0;
      }
      function sa() {
        return (f2[f2[144] >> 2] | 0) - (f2[124] | 0) >> 1 | 0;
      }
      function fa() {
        return (f2[f2[143] >> 2] | 0) - (f2[124] | 0) >> 1 | 0;
      }
      function ca() {
        return (f2[f2[130] >> 2] | 0) - (f2[124] | 0) >> 1 | 0;
      }
      function ta() {
        return (f2[f2[131] >> 2] | 0) - (f2[124] | 0) >> 1 | 0;
      }
      function ba() {
        return c2[(f2[130] | 0) + 24 >> 0] | 0 | 0;
      }
      function ka() {
        return r2[(f2[131] | 0) + 25 >> 0] & 3 | 0;
      }
      function la(e3) {
        e3 = e3 | 0;
        f2[124] = e3;
        return;
      }
      function na() {
        return f2[(f2[131] | 0) + 20 >> 2] | 0;
      }
      function ua() {
        f2[143] = 0;
        r2[1135] = 0;
        return;
      }
      function oa(e3) {
        e3 = e3 | 0;
        f2[141] = e3;
        return;
      }
      function ha() {
        return (r2[1134] | 0) != 0 | 0;
      }
      function wa() {
        return (r2[1136] | 0) != 0 | 0;
      }
      function da() {
        f2[144] = 0;
        return;
      }
      function va() {
        return f2[142] | 0;
      }
      function pa(e3, a3) {
        e3 = e3 | 0;
        a3 = a3 | 0;
        b2 = e3 + a3 + 15 & -16;
        return a3 | 0;
      }
      return { su: pa, ai: Ge, ake: _e, aks: sa, ave: Ye, avs: Ze, e: va, ee: aa, eii: na, eit: ka, ele: ze, els: Fe, es: ta, ess: Xe, et: Ve, f: wa, id: Ne, ie: He, ip: ba, is: ca, it: Re, ms: ha, p: k2, ra: Be, re: Qe, ri: Ke, rsa: da, rt: ge, rts: ua, sa: me, sal: oa, se: De, ses: la, ss: ea, te: fa };
    })("undefined" != typeof globalThis ? globalThis : self, {}, i), r = a.su(s - (2 << 17), 1376), a.sal(s - (2 << 17));
  }
  const v = t.length + 1;
  if (a.ses(r), a.sa(v - 1), f(t, new Uint16Array(i, r, v)), !a.p()) {
    if (-1 === a.e()) return s *= 2, a = void 0, parse(l2, o2);
    k = a.e(), h();
  }
  const p = [], y = [];
  for (; a.ri(); ) {
    const e2 = a.is(), i2 = a.ie(), r2 = a.it(), s2 = 15 & r2, f2 = a.ai(), c2 = a.id(), b2 = a.ss(), k2 = a.se(), l3 = a.ip();
    let o3, h2 = false;
    if (1 & l3 ? o3 = n(-1 === c2 ? e2 : e2 + 1, -1 === c2 ? i2 : i2 - 1, !!(2 & l3)) : -1 !== c2 && 96 === t.charCodeAt(e2) && (o3 = u(e2, i2), h2 = void 0 !== o3), 3 === s2) p.push({ type: "import-meta", specifier: null, typeOnly: false, start: e2, end: i2, importStart: b2, importEnd: k2 });
    else if (-1 !== c2) {
      const a2 = 5 === s2 ? "source" : 7 === s2 ? "defer" : null;
      p.push({ type: "dynamic", specifier: o3, glob: h2, phase: a2, start: e2, end: i2, importStart: b2, importEnd: k2, dynamicStart: c2, attributes: null, attributesStart: f2, probablyTypeOnly: !!(16 & r2) });
    } else {
      let c3 = null;
      if (-1 !== f2) {
        for (c3 = [], a.rsa(); a.ra(); ) {
          const e3 = a.aks(), i3 = a.ake(), r3 = a.avs(), s3 = a.ave();
          c3.push([A(e3, i3), A(r3, s3)]);
        }
        c3 = c3.length > 0 ? c3 : null;
      }
      const t2 = 4 === s2 ? "source" : 6 === s2 ? "defer" : null;
      p.push({ type: 8 === s2 ? "reexport-star" : "static", specifier: o3, phase: t2, start: e2, end: i2, importStart: b2, importEnd: k2, attributes: c3, attributesStart: f2, typeOnly: !!(16 & r2) });
    }
  }
  let m;
  for (; m = a.re(); ) {
    const i2 = a.es(), r2 = a.ee(), s2 = a.els(), f2 = a.ele();
    e;
    const c2 = a.et(), t2 = 3 & c2, b2 = !!(4 & c2), k2 = a.ess();
    if (3 === t2) {
      const e2 = a.eii();
      y.push({ type: "reexport-all", from: p[e2].specifier, importIndex: e2, start: i2, end: r2, exportStart: k2, typeOnly: b2 });
    } else {
      const e2 = A(i2, r2);
      if (1 === t2) {
        const a2 = s2 < 0 ? void 0 : A(s2, f2);
        y.push({ type: "direct", name: e2, localName: a2, start: i2, end: r2, localStart: s2, localEnd: f2, exportStart: k2, typeOnly: b2 });
      } else {
        const c3 = a.eii(), t3 = a.eit(), l3 = 0 === t3 ? A(s2, f2) : 1 === t3 ? "default" : null;
        y.push({ type: "reexport", name: e2, importName: l3, importNameStart: 0 === t3 ? s2 : -1, importNameEnd: 0 === t3 ? f2 : -1, from: p[c3].specifier, importIndex: c3, start: i2, end: r2, exportStart: k2, typeOnly: b2 });
      }
    }
  }
  return [p, y, !!a.f(), !!a.ms()];
  function A(e2, a2) {
    const i2 = t.charCodeAt(e2);
    return 34 === i2 || 39 === i2 ? n(e2 + 1, a2 - 1) : t.slice(e2, a2);
  }
}
var l = /\r\n?/g;
function n(e2, a2, i2 = false) {
  const r2 = t.slice(e2, a2);
  let s2 = r2.indexOf("\\");
  if (-1 === s2) return i2 ? r2.replace(l, "\n") : r2;
  let f2 = r2.slice(0, s2), c2 = i2 ? f2.replace(l, "\n") : f2;
  for (; ; ) {
    let a3 = s2 + 1;
    a3 >= r2.length && (k = e2 + a3, h());
    const t2 = r2.charCodeAt(a3++);
    switch (t2) {
      case 13:
        10 === r2.charCodeAt(a3) && a3++;
        break;
      case 10:
      case 8232:
      case 8233:
        break;
      case 114:
        c2 += "\r";
        break;
      case 110:
        c2 += "\n";
        break;
      case 116:
        c2 += "	";
        break;
      case 98:
        c2 += "\b";
        break;
      case 102:
        c2 += "\f";
        break;
      case 118:
        c2 += "\v";
        break;
      case 120:
        c2 += String.fromCharCode(o(e2 + a3, 2)), a3 += 2;
        break;
      case 117: {
        let i3;
        if (123 === r2.charCodeAt(a3)) {
          const s3 = r2.indexOf("}", ++a3);
          -1 === s3 && (k = e2 + a3, h()), i3 = o(e2 + a3, s3 - a3), a3 = s3 + 1;
        } else i3 = o(e2 + a3, 4), a3 += 4;
        i3 > 1114111 && (k = e2 + a3, h()), i3 <= 65535 ? c2 += String.fromCharCode(i3) : (i3 -= 65536, c2 += String.fromCharCode(55296 + (i3 >> 10), 56320 + (1023 & i3)));
        break;
      }
      case 48: {
        const i3 = r2.charCodeAt(a3);
        i3 >= 48 && i3 <= 57 && (k = e2 + a3, h()), c2 += "\0";
        break;
      }
      default:
        t2 >= 49 && t2 <= 57 && (k = e2 + a3 - 1, h()), c2 += String.fromCharCode(t2);
    }
    const b2 = r2.indexOf("\\", a3);
    if (-1 === b2) return f2 = r2.slice(a3), c2 + (i2 ? f2.replace(l, "\n") : f2);
    f2 = r2.slice(a3, b2), c2 += i2 ? f2.replace(l, "\n") : f2, s2 = b2;
  }
}
function u(e2, i2) {
  if (a.rts(), !a.rt()) return;
  let r2 = "", s2 = e2 + 1, f2 = e2 + 1, c2 = a.te();
  for (; f2 < i2; ) {
    const e3 = t.charCodeAt(f2);
    if (96 === e3) break;
    92 !== e3 ? 42 !== e3 ? 36 === e3 && 123 === t.charCodeAt(f2 + 1) && f2 + 2 <= c2 ? (r2 += t.slice(s2, f2) + "*", f2 = s2 = c2, c2 = a.rt() ? a.te() : -1) : f2++ : (r2 += t.slice(s2, f2) + "\\*", s2 = ++f2) : f2 += 2;
  }
  return r2 + t.slice(s2, f2);
}
function o(e2, a2) {
  (a2 < 1 || e2 + a2 > t.length) && (k = e2, h());
  let i2 = 0;
  const r2 = e2 + a2;
  for (let a3 = e2; a3 < r2; a3++) {
    const e3 = t.charCodeAt(a3), r3 = 32 | e3, s2 = e3 >= 48 && e3 <= 57 ? e3 - 48 : r3 >= 97 && r3 <= 102 ? r3 - 87 : -1;
    -1 === s2 && (k = a3, h()), i2 = 16 * i2 + s2;
  }
  return i2;
}
function h() {
  throw Object.assign(Error(`Parse error ${b}:${t.slice(0, k).split("\n").length}:${k - t.lastIndexOf("\n", k - 1)}`), { idx: k });
}
// Annotate the CommonJS export names for ESM import in node:
0 && (module.exports = {
  init,
  parse
});
