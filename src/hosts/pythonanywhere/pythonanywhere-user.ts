import type { HostInputs } from '../contract/host.ts';
import { option } from '../contract/options.ts';

/** The account that the web app is in: as given, or the name before .pythonanywhere.com. */
export const userOf = ({ service = '', options }: HostInputs): string | undefined =>
  option(options, 'user') ?? /^([^.]+)\.(eu\.)?pythonanywhere\.com$/.exec(service)?.[1];
