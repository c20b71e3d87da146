/** Begins a line of a test run among everything else that an extension host prints. */
export const lineMark = '[test] ';

/** Begins the one line that holds the counts of a finished run. */
export const countsMark = '[counts] ';
