// Generated from schemas/events by `npm run codegen`. Do not edit.
export const FACT_TRAITS = {
  'corpus.shard.registered': {"stream":"shard/{shardId}","telemetry":false,"schema":"urn:tributary:schema:corpus.shard.registered:1.0","sha256":"39df999b1c72c20a3f4dcd6c9c3562bba0efbc00f6472414449bfe7859c758dd"},
  'corpus.taxonomy.versioned': {"stream":"taxonomy/{taxonomyId}","telemetry":false,"schema":"urn:tributary:schema:corpus.taxonomy.versioned:1.0","sha256":"271cae2e533c9dffc119329153e72351ee6c0872ce15bd236efd659e02660006"},
  'evaluation.items.recorded': {"stream":"run/{runId}","telemetry":true,"schema":"urn:tributary:schema:evaluation.items.recorded:1.0","sha256":"467bd2324f090cdda9b526ae0880ac98a967afeabe92ef3a5f454746b96dc640"},
  'evaluation.score.invalidated': {"stream":"run/{runId}","telemetry":false,"schema":"urn:tributary:schema:evaluation.score.invalidated:1.0","sha256":"0a5954643055946c5486d23afb85c21dff57fa44ed8be88b54e19c1aff050438"},
  'evaluation.score.recorded': {"stream":"run/{runId}","telemetry":false,"schema":"urn:tributary:schema:evaluation.score.recorded:1.0","sha256":"28150b165d25a2f1b9a9f5cd58faac1bfd93a9997ce06dd0ae441faf216749e5"},
  'mixture.experiment.assigned': {"stream":"experiment/{experimentId}","telemetry":false,"schema":"urn:tributary:schema:mixture.experiment.assigned:1.0","sha256":"283b50c4785d278259c2d287a53702f7154645dcc064203e350c977bd9c8bd9a"},
  'mixture.plan.approved': {"stream":"mixture/{mixtureId}","telemetry":false,"schema":"urn:tributary:schema:mixture.plan.approved:1.0","sha256":"357c1afb6691e62899cc621d81f14abeeb3dd585c6e991d9b5bf4029bf852e1d"},
  'mixture.plan.decided': {"stream":"mixture/{mixtureId}","telemetry":false,"schema":"urn:tributary:schema:mixture.plan.decided:1.0","sha256":"0b0a308c29b77d47e43ddbaa299785a69ec6c59bcb56a2df7078db5318417d7d"},
  'mixture.plan.superseded': {"stream":"mixture/{mixtureId}","telemetry":false,"schema":"urn:tributary:schema:mixture.plan.superseded:1.0","sha256":"eae51601976298b205c481a24f1de69cc389e7d6d90b6640e100fe4cc0a2b27f"},
  'training.checkpoint.saved': {"stream":"run/{runId}","telemetry":false,"schema":"urn:tributary:schema:training.checkpoint.saved:1.0","sha256":"0441d961446a4d802161492ca1b946011dd6911ad763abf7a8ee518fcd556875"},
  'training.exposure.recorded': {"stream":"run/{runId}","telemetry":true,"schema":"urn:tributary:schema:training.exposure.recorded:1.0","sha256":"12275ae41eff64ae646143edddca2b5027f68abd954824b9c631487223e22470"},
  'training.run.ended': {"stream":"run/{runId}","telemetry":false,"schema":"urn:tributary:schema:training.run.ended:1.0","sha256":"9606bf9104f90294b57b9c6aabc24e88ce0227c85e4ae0a770fdcb57f0148f01"},
  'training.run.started': {"stream":"run/{runId}","telemetry":false,"schema":"urn:tributary:schema:training.run.started:1.0","sha256":"2740a01a8fe6a5fdc8e44bb3ea9c8031be65d37d2ca63db86bc53371f9c0e302"},
  'training.steps.recorded': {"stream":"run/{runId}","telemetry":true,"schema":"urn:tributary:schema:training.steps.recorded:1.0","sha256":"ee6541e02846cc87ed8fbd28fcd43c426a7b26da8056798297e08a5930860f64"},
} as const;
