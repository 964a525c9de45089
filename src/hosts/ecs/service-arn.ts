/** The ARN of a service: its region, cluster and name. */
export const serviceArn = /^arn:aws[a-z-]*:ecs:([a-z0-9-]+):\d{12}:service\/([\w-]+)\/([\w-]+)$/;
