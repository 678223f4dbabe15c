/** What a process asks of the kernel, and says to its service manager, for itself. */
package io.keepstream.linux.process;
