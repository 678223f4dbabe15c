/** How deliveries stand, for people and as JSON. */
package io.keepstream.notifier.report;
