/**
 * Data definition without a network: procedures driven step by step on a store in memory, with
 * datanodes that keep regions by the rules of real ones (sheet 06 §24).
 */
@NullMarked
package io.metasrv.tests.ddl;

import org.jspecify.annotations.NullMarked;
