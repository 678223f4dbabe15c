/** Everything goes wrong at once, and every event still gets to everyone who asked. */
package io.keepstream.notifier.torture;
