/** Settings for looking at the application without starting it: a sandbox, for it has every operation. */
export const nowhere = {
  DONDOC_MODE: 'sandbox',
  API_DATABASE_URL: 'postgres://localhost/none',
  QUEUE_URL: 'postgres',
  FILES_DIRECTORY: '.',
};
