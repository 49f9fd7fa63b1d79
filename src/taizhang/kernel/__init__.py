"""The language of definitions, without Django: periods, parameters, elements, queries, indicators, forms, arithmetic, engines."""
