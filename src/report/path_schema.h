// JSON Schema of mappings from dotted paths into an experiment: `grid` and a manifest's `set`.
#pragma once

#include "report/form_schema.h"

namespace nnrun {

/// Each path of `grid` with a list of values.
FormSchema::Json grid_schema(const Form& experiment, const FormSchema& forms);

/// Each path of `set` with a value, or an axis.
FormSchema::Json set_schema(const Form& experiment, const FormSchema& forms);

}  // namespace nnrun
