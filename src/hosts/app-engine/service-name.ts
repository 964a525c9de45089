/** The full name of a service: its project and its own name. */
export const serviceName = /^apps\/([a-z][a-z0-9-]{4,28}[a-z0-9])\/services\/([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)$/;
