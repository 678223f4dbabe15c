/**
 * What a machine lacks for what a configuration asks of it. {@link
 * io.keepstream.node.doctor.FactsReader} gathers facts and changes nothing; the rules over them are
 * pure, one class per subject.
 */
package io.keepstream.node.doctor;
