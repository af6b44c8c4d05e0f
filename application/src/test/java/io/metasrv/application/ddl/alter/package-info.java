@NullMarked
package io.metasrv.application.ddl.alter;

import org.jspecify.annotations.NullMarked;
