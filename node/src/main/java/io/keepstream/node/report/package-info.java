/**
 * What the services of a node say of themselves at one moment, and what is wrong with it. A service
 * that does not answer is never taken for what it last was.
 */
package io.keepstream.node.report;
