/**
 * Data definition: procedures driven step by step on a store in memory, with datanodes that keep
 * regions by the rules of real ones (sheet 06 §24); and a whole server with its nodes, asked over
 * the wire.
 */
@NullMarked
package io.metasrv.tests.ddl;

import org.jspecify.annotations.NullMarked;
