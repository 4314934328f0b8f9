global using Faultline.Userfaultfd.Abi;
