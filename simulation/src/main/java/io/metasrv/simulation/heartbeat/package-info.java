/**
 * Three whole metasrvs, their datanodes and a shared store under trouble: does a lease ever leave a
 * metasrv that does not lead, do two datanodes ever write one region, does anything of a term
 * outlive it, does every message to a node come to an end, and is all well again when it is quiet?
 */
@NullMarked
package io.metasrv.simulation.heartbeat;

import org.jspecify.annotations.NullMarked;
