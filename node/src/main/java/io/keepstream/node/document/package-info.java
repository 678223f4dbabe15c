/**
 * The published vocabulary of events, made from the contract's records and what their Javadoc says:
 * a page for people, a JSON Schema for each record, and one AsyncAPI document of where they go. And
 * the manual page of the command line.
 */
package io.keepstream.node.document;
