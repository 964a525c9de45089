/**
 * What the action uses of undici. Its index loads fetch, WebSocket, caches and mocks, too: twice the code, and twice the time at start.
 * As undici's index does, it gives the dispatchers their method `request`.
 */
const Dispatcher = require('undici/lib/dispatcher/dispatcher.js');

Object.assign(Dispatcher.prototype, { request: require('undici/lib/api/api-request.js') });

exports.EnvHttpProxyAgent = require('undici/lib/dispatcher/env-http-proxy-agent.js');
