/** Under this name the step at the end of the job finds the path of the folder. */
export const scratchState = 'scratch';

/** Under this name the step at the end of the job finds what is still being announced at GitHub. */
export const announcementState = 'announcement';

/** Under this name the step at the end of the job finds the key of what it has to save. */
export const cacheState = 'cache';

/** Under this name the step at the end of the job finds the rule of the database's firewall that it has to take out. */
export const trustedSourceState = 'trusted-source';
