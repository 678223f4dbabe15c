/** The whole state of a service at one moment; every entry says since when it has been so. */
package io.keepstream.contract.snapshot;
