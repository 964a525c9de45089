/**
 * What the action uses of undici. Its index loads fetch, WebSocket, caches and mocks, too: twice the code, and twice the time at start.
 * As undici's index does, it gives the dispatchers their methods: callers use `request`, and its proxy agent `connect`.
 */
const Dispatcher = require('undici/lib/dispatcher/dispatcher.js');

Object.assign(Dispatcher.prototype, require('undici/lib/api/index.js'));

exports.EnvHttpProxyAgent = require('undici/lib/dispatcher/env-http-proxy-agent.js');
