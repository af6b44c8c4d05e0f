/**
 * What the leader tells nodes to do and what they answer: instructions and replies as values, and
 * their JSON with every form that older versions wrote (sheet 04 §6–7). Used over the mailbox;
 * pure.
 */
@NullMarked
package io.metasrv.application.instruction;

import org.jspecify.annotations.NullMarked;
