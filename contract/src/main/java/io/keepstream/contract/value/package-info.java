/** Names that several services must spell alike. */
package io.keepstream.contract.value;
