/** What delivery needs from the outside: one interface, implemented at the edge. */
package io.keepstream.notifier.port;
