@NullMarked
package io.metasrv.application.procedure.journal;

import org.jspecify.annotations.NullMarked;
