/** Documents against the schemas that this repository publishes. */
package io.keepstream.testkit.schema;
