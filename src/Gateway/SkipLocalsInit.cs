// Memory on the stack is not cleared first: every stackalloc here is written before it is read, or read as far as it was written.
[module: System.Runtime.CompilerServices.SkipLocalsInit]
