package io.metasrv.testkit.store;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Switches the contracts of broken stores off, because they have to fail, unless {@link
 * ContractBitesTest} runs them. A build that selects tests by name would find them otherwise.
 */
final class OnlyInsideContractBites implements ExecutionCondition {

  /** Set to {@code true} by who wants to see the failures. */
  static final String PARAMETER = "metasrv.contract.bites";

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    return context.getConfigurationParameter(PARAMETER).map(Boolean::parseBoolean).orElse(false)
        ? ConditionEvaluationResult.enabled("run by ContractBitesTest")
        : ConditionEvaluationResult.disabled("a broken store; only ContractBitesTest runs it");
  }
}
