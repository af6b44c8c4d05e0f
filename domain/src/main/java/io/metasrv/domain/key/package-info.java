/**
 * The format of every key, each with its parser where one is needed (sheet 03). Pure functions of
 * text and numbers; what is stored under a key is none of their business.
 */
@NullMarked
package io.metasrv.domain.key;

import org.jspecify.annotations.NullMarked;
