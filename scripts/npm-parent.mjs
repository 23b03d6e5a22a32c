/**
 * npm runs a script through a shell. A signal sent to npm alone (`kill`, a supervisor) ends the shell and never
 * reaches the script, which would go on by itself; that the parent has gone is then the only sign of it.
 */
export function whenNpmEnds(then) {
  if (!process.env.npm_lifecycle_event) return;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    then();
  }, 250);
  timer.unref();
}
