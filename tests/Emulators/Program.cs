// ./voicegrains up --engines emulated: the vendors' doubles, for a product without keys.
Console.Error.WriteLine("There is no double to start yet.");
return 1;
