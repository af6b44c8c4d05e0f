/** Tests of the JSON of instructions and replies. */
@NullMarked
package io.metasrv.application.instruction;

import org.jspecify.annotations.NullMarked;
