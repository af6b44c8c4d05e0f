/** Where the audit trail goes as long as no history table takes it. */
@NullMarked
package io.metasrv.application.events;

import org.jspecify.annotations.NullMarked;
