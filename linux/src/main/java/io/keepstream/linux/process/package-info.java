/** What a process asks of the kernel for itself. */
package io.keepstream.linux.process;
