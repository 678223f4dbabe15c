/** Running the user's scripts: as the configured user, in a process group, with a time limit. */
package io.keepstream.runtime.script;
