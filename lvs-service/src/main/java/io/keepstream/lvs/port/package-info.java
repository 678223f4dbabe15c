/** What this service asks of the kernel. */
package io.keepstream.lvs.port;
