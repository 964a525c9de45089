/** Under this name the step at the end of the job finds what is still being announced at GitHub. */
export const announcementState = 'announcement';
